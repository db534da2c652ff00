using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MyTradeX.Core;
using MyTradeX.Journal;

namespace MyTradeX.Venue.Commands;

/// <summary>
/// The one thread that orders commands. It stamps each with the time and its number, makes a batch durable with one disk sync,
/// applies it to the exchange, hands on the events, and only then answers. While a batch is being written the next one gathers.
/// </summary>
/// <remarks>
/// A batch that could not be written at all (a full disk) is refused and trading goes on when there is room. When the outcome of
/// a write is unknown, or an invariant breaks, the sequencer stops for good: what is true is in the journal, and a restart reads it.
/// </remarks>
sealed partial class Sequencer
{
    /// <summary>Commands applied in one go under the state lock: some 50 µs, so that readers hardly wait.</summary>
    const int AppliedAtOnce = 128;

    /// <summary>The file journal has one writer; other numbers are for servers that share a stream.</summary>
    const ushort Producer = 0;

    static readonly TimeSpan RetryWhenFull = TimeSpan.FromSeconds(1);
    static readonly TimeSpan RetryAfterStop = TimeSpan.FromSeconds(30);

    readonly Exchange _exchange;
    readonly Lock _stateLock;
    readonly ICommandLog _log;
    readonly CommandQueue _queue;
    readonly EventFeed _feed;
    readonly MarketData.MarketData _marketData;
    readonly VenueOptions _options;
    readonly TimeProvider _clock;
    readonly ILogger _logger;
    readonly List<PendingCommand> _batch = [];
    CommandResult[] _results = [];
    readonly byte[] _record = new byte[CommandCodec.MaxBytes];
    readonly EventBuffer _events = new();
    readonly Thread _thread;
    uint _epoch;
    ulong _number;
    bool _playsPast;

    public Sequencer(Exchange exchange, Lock stateLock, ICommandLog log, CommandQueue queue, EventFeed feed, MarketData.MarketData marketData, VenueOptions options, TimeProvider clock, ILogger logger)
    {
        (_exchange, _stateLock, _log, _queue, _feed, _marketData) = (exchange, stateLock, log, queue, feed, marketData);
        (_options, _clock, _logger) = (options, clock, logger);
        _thread = new Thread(Run) { Name = "sequencer", IsBackground = true };
    }

    /// <summary>Why the sequencer has stopped for good; null while it works.</summary>
    public string? StoppedBecause { get; private set; }

    /// <summary>
    /// While true, time is moved by commands alone, not by the clock: the past is being played, and a day that ended in it must not
    /// bring the present on before its turn.
    /// </summary>
    public bool PlaysPast
    {
        get => Volatile.Read(ref _playsPast);
        set => Volatile.Write(ref _playsPast, value);
    }

    /// <summary>Begins a new epoch and takes commands from then on.</summary>
    /// <exception cref="VenueUnavailableException">The journal cannot be written.</exception>
    public void Start()
    {
        BeginEpoch();
        _thread.Start();
    }

    /// <summary>Writes the first record of a new epoch.</summary>
    /// <exception cref="VenueUnavailableException">The journal cannot be written.</exception>
    public void BeginEpoch()
    {
        // The epoch begins at the last time known, so that an empty venue can still be given a past.
        _epoch = _exchange.EpochOf(Producer) + 1;
        var beginning = new PendingCommand(Command.StartEpoch());
        _batch.Add(beginning);
        RunBatch(_exchange.Time);
        beginning.Task.GetAwaiter().GetResult();
    }

    /// <summary>Waits until everything queued is worked off; without a thread of its own, works it off now. The queue must be closed first.</summary>
    public void Join()
    {
        if (_thread.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted)) Run();
        else _thread.Join();
    }

    /// <summary>Works off one batch, waiting for it no longer than given. False when the queue is closed and empty: nothing will ever come again.</summary>
    public bool Step(TimeSpan wait)
    {
        if (!_queue.Take(_batch, _options.BatchMax, wait)) return false;
        if (StoppedBecause is { } reason)
        {
            // Nothing is done any more; whoever still waits is told so.
            Fail(outcomeUnknown: false, reason, RetryAfterStop);
            return true;
        }
        var now = Math.Max(_exchange.Time, NowUs());
        if (now >= _exchange.NextDeadline && !PlaysPast) _batch.Insert(0, new PendingCommand(Command.AdvanceTime()));
        if (_batch.Count > 0) RunBatch(now);
        return true;
    }

    void Run()
    {
        while (Step(StoppedBecause is null ? UntilDeadline() : TimeSpan.FromSeconds(1)))
        {
        }
    }

    TimeSpan UntilDeadline()
    {
        var ms = (_exchange.NextDeadline - NowUs()) / 1000 + 1;
        return TimeSpan.FromMilliseconds(Math.Clamp(ms, 1, 1000));
    }

    void RunBatch(long now)
    {
        var firstNumber = _number;
        try
        {
            var started = Stopwatch.GetTimestamp();
            Write(now);
            VenueMetrics.CommitSeconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
            VenueMetrics.BatchCommands.Record(_batch.Count);
            Apply();
            for (var i = 0; i < _batch.Count; i++) _batch[i].TrySetResult(_results[i]);
            VenueMetrics.Commands.Add(_batch.Count);
            _batch.Clear();
        }
        catch (LogWriteException failure) when (failure.Outcome == LogWriteOutcome.NotWritten)
        {
            _number = firstNumber;
            LogNotWritten(failure.Message);
            Fail(outcomeUnknown: false, $"The journal could not be written: {failure.Message}", RetryWhenFull);
        }
#pragma warning disable CA1031 // Whatever it is, acknowledging anything after it would be a lie: stop, say why, keep the journal.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            StoppedBecause = failure is LogWriteException ? "The outcome of a journal write is unknown; a restart will tell." : $"The exchange stopped: {failure.Message}";
            LogStopped(failure, StoppedBecause);
            Fail(outcomeUnknown: true, StoppedBecause, RetryAfterStop);
        }
    }

    void Write(long now)
    {
        var time = _exchange.Time;
        foreach (var pending in _batch)
        {
            ref var header = ref pending.Command.Header;
            // The demo market plays its first hour at the times it would have happened; nobody else names a time, and none may lie ahead.
            time = Math.Max(time, header.Time != 0 ? Math.Min(header.Time, now) : now);
            header.Time = time;
            header.Producer = Producer;
            header.Epoch = _epoch;
            header.Number = header.Kind == CommandKind.StartEpoch ? 0 : ++_number;
            _log.Append(_record.AsSpan(0, CommandCodec.Encode(in pending.Command, _record)));
        }
        _log.Commit();
    }

    void Apply()
    {
        var firstSequence = _exchange.Sequence + 1;
        if (_results.Length < _batch.Count) _results = new CommandResult[_batch.Capacity];
        var results = _results.AsSpan();
        for (var from = 0; from < _batch.Count; from += AppliedAtOnce)
        {
            var to = Math.Min(_batch.Count, from + AppliedAtOnce);
            lock (_stateLock)
            {
                for (var i = from; i < to; i++)
                {
                    if (i + Exchange.ExpectAhead < _batch.Count) _exchange.Expect(in _batch[i + Exchange.ExpectAhead].Command);
                    _exchange.Apply(in _batch[i].Command, out results[i]);
                    if (results[i].Sequence == 0) throw new InvariantBrokenException("a command of the current epoch is new to the exchange");
                }
                _marketData.Fold(_exchange.Events);
                _events.Append(_exchange.Events.Bytes);
                _exchange.Events.Clear();
            }
        }
        _feed.Publish(new EventBlock(_events.Bytes.ToArray(), firstSequence, _exchange.Sequence, _log.LastAnchor!.Value));
        _events.Clear();
    }

    void Fail(bool outcomeUnknown, string reason, TimeSpan retryAfter)
    {
        foreach (var command in _batch) command.TrySetException(new VenueUnavailableException(reason, retryAfter, outcomeUnknown));
        _batch.Clear();
    }

    long NowUs() => _clock.GetUtcNow().UtcDateTime.Subtract(DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    [LoggerMessage(Level = LogLevel.Error, Message = "A batch was refused because the journal could not be written: {Reason}")]
    partial void LogNotWritten(string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Trading has stopped. {Reason}")]
    partial void LogStopped(Exception failure, string reason);
}
