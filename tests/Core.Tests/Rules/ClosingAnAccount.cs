using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Rules;

public class ClosingAnAccount
{
    readonly Market _market = new();

    [Fact]
    public void needs_it_to_be_empty()
    {
        var account = Market.AccountOf(Market.Alice);
        Close(account);
        _market.Refused(RejectCode.AccountNotEmpty, CommandField.Account, observed: 1_000_000_00);

        _market.Do(Market.Alice, new TransferCash { FromAccountId = account, ToAccountId = Market.AliceSecond, Amount = 1_000_000_00 });
        Close(account);
        _market.Refused(RejectCode.AccountNotEmpty, CommandField.Account);

        _market.Book("bid 10000 @ 100.00");
        _market.Sell(10_000, at: 100m);
        _market.Do(Market.Alice, new TransferCash { FromAccountId = account, ToAccountId = Market.AliceSecond, Amount = 1_000_000_00 });
        Close(account);
        _market.Accepted();
        Assert.True(_market.Account(account).IsClosed);
    }

    [Fact]
    public void is_for_good_and_nothing_goes_in_or_out_afterwards()
    {
        Close(Market.AliceSecond);

        Close(Market.AliceSecond);
        _market.Refused(RejectCode.AccountClosed, CommandField.Account);
        _market.Do(0, new Deposit { AccountId = Market.AliceSecond, Amount = 1 });
        _market.Refused(RejectCode.AccountClosed, CommandField.Account);
        _market.Do(0, new DeliverPosition { AccountId = Market.AliceSecond, InstrumentId = 1, Quantity = 1 });
        _market.Refused(RejectCode.AccountClosed, CommandField.Account);
        _market.Buy(1, at: 1m, account: Market.AliceSecond);
        _market.Refused(RejectCode.AccountClosed, CommandField.Account);
        _market.Do(Market.Alice, new TransferCash { FromAccountId = Market.AccountOf(Market.Alice), ToAccountId = Market.AliceSecond, Amount = 1 });
        _market.Refused(RejectCode.AccountClosed, CommandField.ToAccount);
    }

    [Fact]
    public void lets_a_transfer_that_waits_for_it_fail()
    {
        _market.Do(Market.Bob, new ScheduleTransfer
        {
            Transfer = new() { FromAccountId = Market.AccountOf(Market.Bob), ToAccountId = Market.AliceSecond, Amount = 1 }, RunAt = _market.Core.Time + 60_000_000,
        });
        Close(Market.AliceSecond);
        _market.Wait(minutes: 1);
        _market.Tick();

        var told = _market.Told<TransferChanged>().Single().Transfer;
        Assert.Equal((TransferStatus.Failed, RejectCode.AccountClosed), (told.Status, told.Reason));
    }

    [Fact]
    public void is_its_owners_to_do_and_so_is_its_name()
    {
        _market.Do(Market.Bob, new CloseAccount { AccountId = Market.AliceSecond });
        _market.Refused(RejectCode.AccountNotFound, CommandField.Account);
        _market.Do(Market.Bob, new RenameAccount { AccountId = Market.AliceSecond, Name = Text64.From("mine") });
        _market.Refused(RejectCode.AccountNotFound, CommandField.Account);
        _market.Do(Market.Alice, new RenameAccount { AccountId = Market.AliceSecond, Name = Text64.From("Holidays") });
        Assert.Equal("Holidays", _market.Account(Market.AliceSecond).Name.ToString());
    }

    void Close(long account) => _market.Do(Market.Alice, new CloseAccount { AccountId = account, Reason = Text64.From("no longer needed") });
}
