using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Core;
using MyTradeX.Venue.Commands;

namespace MyTradeX.Venue.Tests.Commands;

/// <summary>A sequencer on a faulty journal, without the rest of a venue.</summary>
sealed class SequencerRig : IDisposable
{
    readonly Sequencer _sequencer;

    public SequencerRig(int capacity = 1_000)
    {
        Queue = new CommandQueue(capacity);
        _sequencer = new Sequencer(Exchange, StateLock, Log, Queue, new EventFeed(), new MyTradeX.Venue.MarketData.MarketData(), new VenueOptions { JournalFolder = "" }, TimeProvider.System, NullLogger.Instance);
    }

    public FaultyLog Log { get; } = new();
    public Exchange Exchange { get; } = new();
    public Lock StateLock { get; } = new();
    public CommandQueue Queue { get; }
    public string? StoppedBecause => _sequencer.StoppedBecause;

    public void Start() => _sequencer.Start();

    /// <summary>Sends one command that opens an account.</summary>
    public Task<CommandResult>? Send(long user = 1)
    {
        var pending = new PendingCommand(Command.From(user, new OpenAccount { OwnerId = user, CurrencyId = 1, Type = AccountType.Trading }));
        return Queue.TryAdd(pending) ? pending.Task : null;
    }

    public async Task ListCurrencyAsync()
    {
        var pending = new PendingCommand(Command.From(0, new CreateCurrency { Code = Text16.From("USD"), Scale = 6 }));
        Queue.TryAdd(pending);
        await pending.Task;
    }

    public void Close()
    {
        Queue.Close();
        _sequencer.Join();
    }

    public void Dispose() => Log.Dispose();
}
