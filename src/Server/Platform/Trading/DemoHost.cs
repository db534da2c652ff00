using MyTradeX.Venue.Demo;

namespace MyTradeX.Server.Platform.Trading;

/// <summary>
/// The demo market, where it is wanted: it plays its past into the venue before anybody else sends a command, and takes its orders out
/// of the books before the venue closes.
/// </summary>
internal sealed class DemoHost(VenueHost host, Settings.DemoOptions options, IHostEnvironment environment, TimeProvider clock, ILogger<DemoMarket> log)
    : IHostedLifecycleService, IAsyncDisposable
{
    DemoMarket? _market;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.IsEnabledIn(environment))
            _market = await DemoMarket.StartAsync(host.Venue, new() { Seed = options.Seed, Speed = options.Speed, Past = TimeSpan.FromMinutes(options.PastMinutes) }, clock, log, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _market, null) is { } market)
            await market.DisposeAsync();
    }
}
