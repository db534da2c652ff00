using MyTradeX.Core;
using MyTradeX.Simulation.Checkers;

namespace MyTradeX.Simulation.Found;

/// <summary>A machine whose venue does what a test says, in the order it says.</summary>
sealed class Script
{
    readonly Tally _tally = new();

    public Script(int seed = 1)
    {
        History = new History(_tally);
        Machine = new Machine(seed, History, mutant: null, _tally);
    }

    public History History { get; }

    public Machine Machine { get; }

    /// <summary>Sends a command and has it worked off.</summary>
    public CommandResult Do(Command command)
    {
        var task = Machine.Venue.SubmitAsync(in command);
        while (!task.IsCompleted) Machine.Venue.Workers.Sequencer.Step(TimeSpan.Zero);
        Machine.Venue.Read(0, (exchange, _) =>
        {
            Machine.Follower.Follow(exchange, History);
            return 0;
        });
        return task.GetAwaiter().GetResult();
    }

    /// <summary>A currency, an instrument, and two users with accounts 3 and 4, money and shares.</summary>
    public void List()
    {
        Do(Command.From(0, new CreateCurrency { Code = Text16.From("USD"), Scale = 6 }));
        Do(Command.From(0, new CreateInstrument { Symbol = Text16.From("AAA"), CurrencyId = 1, PriceScale = 4, Rules = new InstrumentRules { TickSize = 100, LotSize = 1 } }));
        for (var user = 1L; user <= 2; user++)
        {
            var account = Do(Command.From(0, new OpenAccount { OwnerId = user, CurrencyId = 1, Type = AccountType.Trading })).SubjectId;
            Do(Command.From(0, new Deposit { AccountId = account, Amount = 1_000_000_000_000 }));
            Do(Command.From(0, new DeliverPosition { AccountId = account, InstrumentId = 1, Quantity = 10_000 }));
        }
    }

    /// <summary>One trade between the two.</summary>
    public void Trade(long price)
    {
        Assert.Equal(RejectCode.None, Do(Order(1, Side.Sell, price)).Code);
        Assert.Equal(RejectCode.None, Do(Order(2, Side.Buy, price)).Code);
    }

    /// <summary>Writes history until SQL is where the venue is.</summary>
    public void Project()
    {
        while (Machine.Venue.Workers.Projector.Sequence < Machine.Venue.Sequence) Machine.Venue.Workers.Projector.Step(TimeSpan.Zero);
    }

    /// <summary>The process or the machine goes down, and the venue starts again.</summary>
    public void CrashAndStart(bool powerLoss)
    {
        Machine.Abandon();
        Machine.Restart(powerLoss);
        Machine.Start();
    }

    static Command Order(long user, Side side, long price) => Command.From(user, new PlaceOrder
    {
        AccountId = user + 2,
        InstrumentId = 1,
        Side = side,
        Type = OrderType.Limit,
        TimeInForce = TimeInForce.Gtc,
        SelfTradePrevention = SelfTradePrevention.CancelNewest,
        Quantity = 3,
        Price = price,
    });
}
