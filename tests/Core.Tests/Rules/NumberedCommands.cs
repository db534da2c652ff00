using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Rules;

public class NumberedCommands
{
    readonly Market _market = new();

    [Fact]
    public void count_once_and_in_order()
    {
        Start(epoch: 1);
        Assert.True(Counts(epoch: 1, number: 1));
        Assert.False(Counts(epoch: 1, number: 1));
        Assert.True(Counts(epoch: 1, number: 3));
        Assert.False(Counts(epoch: 1, number: 2));
        Assert.True(Counts(epoch: 1, number: 4));
    }

    [Fact]
    public void count_for_each_producer_by_itself()
    {
        Start(epoch: 1);
        Start(epoch: 4, producer: 2);
        Assert.True(Counts(epoch: 1, number: 5));
        Assert.True(Counts(epoch: 4, number: 1, producer: 2));
        Assert.False(Counts(epoch: 1, number: 1, producer: 2));
    }

    [Fact]
    public void of_an_epoch_that_was_followed_by_another_no_longer_count()
    {
        Start(epoch: 1);
        Assert.True(Counts(epoch: 1, number: 1));
        Start(epoch: 2);
        Assert.False(Counts(epoch: 1, number: 2));
        Assert.True(Counts(epoch: 2, number: 1));
        var before = _market.Core.Sequence;
        Start(epoch: 2);
        Start(epoch: 1);
        Assert.Equal((before, 2U), (_market.Core.Sequence, _market.Core.EpochOf(1)));
    }

    [Fact]
    public void of_an_epoch_that_never_began_do_not_count() => Assert.False(Counts(epoch: 1, number: 1));

    [Fact]
    public void that_do_not_count_leave_the_clock_alone()
    {
        var time = _market.Core.Time;
        _market.Wait(minutes: 3 * 24 * 60);
        Assert.False(Counts(epoch: 1, number: 1));
        Assert.Equal(time, _market.Core.Time);
    }

    void Start(uint epoch, ushort producer = 1)
    {
        var command = Command.StartEpoch();
        (command.Header.Producer, command.Header.Epoch) = (producer, epoch);
        _market.Send(command);
    }

    bool Counts(uint epoch, ulong number, ushort producer = 1)
    {
        var before = _market.Core.Sequence;
        var command = Command.From(0, new Deposit { AccountId = 3, Amount = 1 });
        (command.Header.Producer, command.Header.Epoch, command.Header.Number) = (producer, epoch, number);
        _market.Send(command);
        Assert.Equal(_market.Core.Sequence - before, _market.Result.Sequence == 0 ? 0 : 1);
        return _market.Result.Sequence != 0;
    }
}
