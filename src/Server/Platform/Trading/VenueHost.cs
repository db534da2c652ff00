using MyTradeX.Core;
using MyTradeX.Server.Platform.Settings;
using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Trading;

/// <summary>
/// Opens the exchange after the store is migrated and before anything listens, and closes it when nobody can send any more.
/// Services that live for a request's sake take the <see cref="Venue.Venue"/>; whatever is built before the start takes this.
/// </summary>
internal sealed partial class VenueHost(
    ServerOptions server, VenueSettings settings, Database database, TimeProvider clock, ILogger<Venue.Venue> log)
    : IHostedLifecycleService, IAsyncDisposable
{
    /// <summary>The currency that every venue has.</summary>
    public const string HomeCurrency = "USD";

    // Six decimals keep price × quantity exact for four decimals of price and two of quantity.
    const byte HomeCurrencyScale = 6;

    Venue.Venue? _venue;

    /// <summary>The exchange at work.</summary>
    /// <exception cref="InvalidOperationException">The server has not started.</exception>
    public Venue.Venue Venue => _venue ?? throw new InvalidOperationException("The venue opens when the server starts; take it from there on.");

    /// <summary>Opens the venue; does nothing when it is open.</summary>
    /// <exception cref="Venue.VenueDamagedException">Journal, snapshots and database do not fit together.</exception>
    /// <exception cref="Journal.JournalDamagedException">The journal is damaged before its end.</exception>
    /// <exception cref="Journal.JournalInUseException">Another process has the journal open.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot serve.</exception>
    public async Task OpenAsync(CancellationToken cancellation = default)
    {
        if (_venue is not null)
            return;
        await database.MigrateAsync(cancellation);
        var folder = Path.GetFullPath(Path.Combine(server.DataDir, "journal"));
        Directory.CreateDirectory(folder);
        _venue = await MyTradeX.Venue.Venue.OpenAsync(settings.ToOptions(folder), database, clock, log, cancellation);
        Opened(folder, _venue.Sequence);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    // Not when opening: on an empty venue the demo market plays its past first, and no command may come before it.
    public Task StartAsync(CancellationToken cancellationToken) => EnsureHomeCurrencyAsync(Venue);
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The web server started last and so has stopped first: every command is in.
    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_venue is not null)
            await _venue.DisposeAsync();
    }

    static async Task EnsureHomeCurrencyAsync(Venue.Venue venue)
    {
        var code = Text16.From(HomeCurrency);
        if (venue.Read(code, (exchange, wanted) => exchange.TryFindCurrency(wanted, out _)))
            return;
        var result = await venue.SubmitAsync(Command.From(0, new CreateCurrency { Code = code, Scale = HomeCurrencyScale }));
        if (!result.IsAccepted)
            throw new InvalidOperationException($"The venue refused its own currency {HomeCurrency}: {result.Code}.");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "the venue is open on {Folder} at sequence {Sequence}")]
    partial void Opened(string folder, long sequence);
}
