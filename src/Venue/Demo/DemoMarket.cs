using Microsoft.Extensions.Logging;
using MyTradeX.Core;

namespace MyTradeX.Venue.Demo;

/// <summary>
/// A market that looks alive: simulated participants who quote and trade six symbols as ordinary accounts, by ordinary commands.
/// <c>docs/demo-market.md</c> says how and with what numbers.
/// </summary>
/// <remarks>All members may be called from any thread.</remarks>
public sealed partial class DemoMarket : IAsyncDisposable
{
    /// <summary>What was missed by more than this is not made up for: a machine that slept goes on from the present.</summary>
    static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(5);

    static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    readonly Venue _venue;
    readonly DemoOptions _options;
    readonly TimeProvider _clock;
    readonly ILogger _logger;
    readonly DemoCrowd _crowd;
    readonly CancellationTokenSource _stopping = new();
    readonly List<DemoCommand> _round = [];
    readonly List<Task<CommandResult>> _sent = [];
    readonly HashSet<DemoActor> _refused = [];
    DateTimeOffset _clockBase;
    long _marketBase;
    Task _running = Task.CompletedTask;

    DemoMarket(Venue venue, DemoOptions options, DemoCrowd crowd, TimeProvider clock, ILogger logger) =>
        (_venue, _options, _crowd, _clock, _logger) = (venue, options, crowd, clock, logger);

    /// <summary>The symbols it trades.</summary>
    public static IReadOnlyList<DemoSymbol> Symbols => DemoSymbol.All;

    /// <summary>Whether a user id belongs to the participants; no user in SQL ever has such an id.</summary>
    public static bool IsParticipant(long userId) => userId >= DemoParticipants.FirstUserId;

    /// <summary>
    /// Lists what is missing, funds the participants, plays what there is of the past (<see cref="DemoOptions.Past"/>) and then trades
    /// until it is disposed. Call it before the doors open and before anybody else sends a command: on a new venue the past can only
    /// be played first.
    /// </summary>
    /// <exception cref="VenueUnavailableException">The venue takes no commands.</exception>
    /// <exception cref="InvalidOperationException">The exchange refuses what the market needs; the message says what.</exception>
    public static async Task<DemoMarket> StartAsync(Venue venue, DemoOptions options, TimeProvider clock, ILogger logger, CancellationToken cancellation = default)
    {
        using var past = venue.PlayPast();
        var now = clock.GetUtcNow();
        var from = Math.Max(venue.Read(0, (exchange, _) => exchange.Time), Venue.MicrosecondsOf(now - options.Past));
        var (accounts, listings, cash) = await DemoSetup.RunAsync(venue, from);
        // On a venue that has traded before, the numbers go on with new ones: the same again would be seen as a loop in the chart.
        var seed = SeededRandom.Mix((ulong)options.Seed) + (ulong)venue.Sequence;
        var market = new DemoMarket(venue, options, new DemoCrowd(accounts, listings, cash, seed), clock, logger);
        await market.PlayAsync(from, Venue.MicrosecondsOf(now), cancellation);
        market._clockBase = now;
        market._marketBase = Venue.MicrosecondsOf(now);
        market._running = Task.Run(market.RunAsync, CancellationToken.None);
        return market;
    }

    /// <summary>Stops trading and takes the participants' orders out of the books, so that none is left to trade against nobody.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        try
        {
            for (var participant = 0; participant < DemoParticipants.Count; participant++)
                await _venue.SubmitAsync(Command.From(DemoParticipants.UserOf(participant), new CancelAllOrders()));
        }
        catch (VenueUnavailableException unavailable)
        {
            LogOrdersLeft(unavailable.Message);
        }
        _stopping.Dispose();
    }

    /// <summary>The market's own time: the clock's, sped up from the start on.</summary>
    long MarketTime() => _marketBase + (long)((_clock.GetUtcNow() - _clockBase).TotalMicroseconds * _options.Speed);

    /// <summary>
    /// Plays a stretch of the past. The decisions are made on a copy of the exchange, which answers at once, and the venue gets the
    /// commands in a stream: so an hour takes as long as its commands take to write, not a disk sync for each of its moments.
    /// </summary>
    async Task PlayAsync(long from, long until, CancellationToken cancellation)
    {
        var copy = _venue.Read(0, (exchange, _) =>
        {
            var bytes = new System.Buffers.ArrayBufferWriter<byte>();
            exchange.WriteSnapshot(bytes);
            return Exchange.ReadSnapshot(bytes.WrittenSpan);
        });
        _crowd.Begin(copy, from);
        _crowd.Slowness = _options.PastSlowness;
        var window = new PastWindow(_venue, cancellation);
        while (_crowd.NextAt <= until)
        {
            _crowd.Act(copy, until, _round);
            foreach (var (actor, time, command) in _round)
            {
                var timed = command;
                timed.Header.Time = time;
                copy.Apply(in timed, out var result);
                if (IsRefusal(result.Code)) _refused.Add(actor);
                await window.SendAsync(timed);
            }
            copy.Events.Clear();
            EndRound();
        }
        await window.DrainAsync();
        _crowd.Slowness = 1;
        LogPlayed(window.Sent, TimeSpan.FromMicroseconds(until - from));
    }

    async Task RunAsync()
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                try
                {
                    await StepAsync();
                }
                catch (VenueUnavailableException unavailable)
                {
                    LogWaits(unavailable.Message);
                    await Task.Delay(unavailable.RetryAfter, _clock, _stopping.Token);
                    Resume();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed while it waited.
        }
#pragma warning disable CA1031 // The market is a guest of the venue: whatever is wrong with it must be said, and must not take the host down.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogEnded(failure);
        }
    }

    async Task StepAsync()
    {
        var now = MarketTime();
        var wait = TimeSpan.FromMicroseconds((_crowd.NextAt - now) / _options.Speed);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait < ShortestWait ? ShortestWait : wait, _clock, _stopping.Token);
            return;
        }
        if (-wait > LongestLag) Resume();

        _venue.Read((Market: this, now), static (exchange, step) =>
        {
            step.Market._crowd.Act(exchange, step.now, step.Market._round);
            return 0;
        });
        try
        {
            foreach (var (_, _, command) in _round) _sent.Add(_venue.SubmitAsync(in command));
            // All of them, so that none fails unseen.
            await Task.WhenAll(_sent);
            for (var i = 0; i < _sent.Count; i++)
                if (IsRefusal((await _sent[i]).Code)) _refused.Add(_round[i].Actor);
        }
        finally
        {
            _sent.Clear();
            EndRound();
        }
    }

    void EndRound()
    {
        foreach (var (actor, _, _) in _round) actor.Learn(_refused.Contains(actor));
        _round.Clear();
        _refused.Clear();
    }

    void Resume() => _venue.Read(this, static (exchange, market) =>
    {
        market._crowd.Begin(exchange, market.MarketTime());
        return 0;
    });

    // An order that is gone has been filled by somebody in the meantime: the next look at the book sees that.
    static bool IsRefusal(RejectCode code) => code is not (RejectCode.None or RejectCode.OrderNotFound);

    [LoggerMessage(Level = LogLevel.Information, Message = "The demo market played {Commands} commands of the past {Past}")]
    partial void LogPlayed(int commands, TimeSpan past);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo market waits: {Reason}")]
    partial void LogWaits(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo market's orders were left in the books: {Reason}")]
    partial void LogOrdersLeft(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The demo market has ended.")]
    partial void LogEnded(Exception failure);
}
