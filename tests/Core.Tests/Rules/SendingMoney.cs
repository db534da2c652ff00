using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Rules;

public class SendingMoney
{
    const long AliceFrom = 4, BobTo = 5;

    readonly Market _market = new();

    [Fact]
    public void moves_it_by_a_balanced_entry_that_names_the_transfer()
    {
        Send(250_00);

        _market.Posts("4 -250.00 Transfer\n5 +250.00 Transfer");
        Assert.Equal(new TransferState
        {
            Id = 1, UserId = Market.Alice, FromAccountId = AliceFrom, ToAccountId = BobTo, CurrencyId = 1, Status = TransferStatus.Completed, Amount = 250_00,
            CreatedAt = _market.Result.Time, EndedAt = _market.Result.Time, Memo = Text64.From("lunch"),
        }, _market.Told<TransferChanged>().Single().Transfer);
        Assert.Equal((999_750_00, 1_000_250_00), (_market.Account(AliceFrom).Balance, _market.Account(BobTo).Balance));
    }

    [Fact]
    public void takes_only_what_open_orders_do_not_reserve()
    {
        _market.Buy(9_000, at: 100m);

        Send(100_000_01);
        _market.Refused(RejectCode.InsufficientFunds, CommandField.Amount, observed: 100_000_00, limit: 100_000_01);
        Send(100_000_00);
        _market.Accepted();
    }

    [Fact]
    public void names_the_first_fault_in_the_order_of_the_page()
    {
        _market.Do(0, new CreateCurrency { Code = Text16.From("EUR"), Scale = 2 });
        _market.Do(0, new OpenAccount { OwnerId = Market.Bob, CurrencyId = 2, Type = AccountType.Savings });
        var inEuro = _market.Result.SubjectId;
        _market.Do(0, new OpenAccount { OwnerId = Market.Bob, CurrencyId = 1, Type = AccountType.Savings });
        var closed = _market.Result.SubjectId;
        _market.Do(Market.Bob, new CloseAccount { AccountId = closed });
        var transfer = new TransferCash { FromAccountId = BobTo, ToAccountId = Market.FeesAccount, AmountLimit = 5_000_000_00, DayLimit = 4_000_000_00 };

        Expect(RejectCode.AccountNotFound, CommandField.Account, () => transfer.FromAccountId = AliceFrom);
        Expect(RejectCode.AccountNotFound, CommandField.ToAccount, () => transfer.ToAccountId = AliceFrom);
        Expect(RejectCode.InvalidCommand, CommandField.ToAccount, () => transfer.ToAccountId = closed);
        Expect(RejectCode.AccountClosed, CommandField.ToAccount, () => transfer.ToAccountId = inEuro);
        Expect(RejectCode.CurrencyMismatch, CommandField.ToAccount, () => transfer.ToAccountId = BobTo);
        Expect(RejectCode.AmountOutOfRange, CommandField.Amount, () => transfer.Amount = 5_000_000_01, 0, 1, 1);
        Expect(RejectCode.AmountOutOfRange, CommandField.Amount, () => transfer.Amount = 4_000_000_01, 5_000_000_01, 5_000_000_00, 5_000_000_00);
        Expect(RejectCode.DayLimitExceeded, CommandField.Amount, () => transfer.Amount = 1_000_000_01, 0, 4_000_000_00, 4_000_000_00);
        Expect(RejectCode.InsufficientFunds, CommandField.Amount, () => transfer.Amount = 1_000_000_00, 1_000_000_00, 1_000_000_01);
        _market.Do(Market.Alice, transfer);
        _market.Accepted();

        void Expect(RejectCode code, CommandField field, Action repair, long observed = 0, long limit = 0, long suggested = 0)
        {
            _market.Core.Preview(Market.Alice, transfer, 0, out var preview);
            _market.Do(Market.Alice, transfer);
            _market.Refused(code, field, observed, limit, suggested);
            Assert.Equal((code, field, observed, limit, suggested), (preview.Code, preview.Field, code == RejectCode.InvalidCommand ? 0 : preview.Observed, code == RejectCode.InvalidCommand ? 0 : preview.Limit, preview.Suggested));
            repair();
        }
    }

    [Fact]
    public void counts_what_an_account_sends_in_a_day_and_begins_anew_at_midnight()
    {
        Send(600_00, dayLimit: 1_000_00);
        Send(400_01, dayLimit: 1_000_00);
        _market.Refused(RejectCode.DayLimitExceeded, CommandField.Amount, observed: 600_00, limit: 1_000_00, suggested: 400_00);
        Send(400_00, dayLimit: 1_000_00);
        _market.Accepted();

        _market.Wait(minutes: 14 * 60);
        Send(1_000_00, dayLimit: 1_000_00);
        _market.Accepted();
        Assert.Equal(1_000_00, _market.Core.SentOnDayOf(AliceFrom, _market.Core.Time));
    }

    [Fact]
    public void happens_once_for_one_request_key()
    {
        var command = Command.From(Market.Alice, new TransferCash { FromAccountId = AliceFrom, ToAccountId = BobTo, Amount = 5_00 });
        (command.Header.RequestKey, command.Header.RequestFingerprint) = (9, 1);
        _market.Send(command);
        _market.Send(command);

        Assert.Equal((true, 1L), (_market.Result.Repeated, _market.Result.SubjectId));
        Assert.Equal(999_995_00, _market.Account(AliceFrom).Balance);
    }

    [Fact]
    public void waits_for_its_time_and_is_carried_out_then()
    {
        Schedule(10_00, minutes: 30);
        Assert.Equal(1, _market.Core.ScheduledTransferCount);
        Assert.Equal(RunAt(30), _market.Core.NextDeadline);
        Assert.Equal(1_000_000_00, _market.Account(AliceFrom).Balance);

        _market.Wait(minutes: 30);
        _market.Tick();

        _market.Posts("4 -10.00 Transfer\n5 +10.00 Transfer");
        var told = _market.Told<TransferChanged>().Single().Transfer;
        Assert.Equal((1L, TransferStatus.Completed, _market.Core.Time), (told.Id, told.Status, told.EndedAt));
        Assert.Equal(0, _market.Core.ScheduledTransferCount);
    }

    [Fact]
    public void fails_when_its_time_finds_too_little_and_says_why()
    {
        Schedule(600_000_00, minutes: 10);
        Schedule(600_000_00, minutes: 20);

        _market.Wait(minutes: 60);
        _market.Tick();

        Assert.Equal([(1L, TransferStatus.Completed, RejectCode.None), (2L, TransferStatus.Failed, RejectCode.InsufficientFunds)],
            _market.Told<TransferChanged>().Select(told => (told.Transfer.Id, told.Transfer.Status, told.Transfer.Reason)));
        Assert.Equal(400_000_00, _market.Account(AliceFrom).Balance);
    }

    [Fact]
    public void can_be_taken_back_while_it_waits_by_who_sends_it_alone()
    {
        Schedule(10_00, minutes: 10);

        _market.Do(Market.Bob, new CancelTransfer { TransferId = 1 });
        _market.Refused(RejectCode.TransferNotFound, CommandField.Transfer);
        _market.Do(Market.Alice, new CancelTransfer { TransferId = 1, Reason = Text64.From("changed my mind") });
        Assert.Equal(TransferStatus.Cancelled, _market.Told<TransferChanged>().Single().Transfer.Status);
        _market.Do(Market.Alice, new CancelTransfer { TransferId = 1 });
        _market.Refused(RejectCode.TransferNotFound, CommandField.Transfer);
        Assert.Equal(0, _market.Core.ScheduledTransferCount);
    }

    [Fact]
    public void of_a_series_is_followed_once_each_time()
    {
        Schedule(10_00, minutes: 10, recurrence: "every ten minutes");
        _market.Wait(minutes: 10);
        _market.Tick();
        Assert.Equal([1L], Unfollowed());

        Follow(1, minutes: 10);
        var second = _market.Told<TransferChanged>().Single().Transfer;
        Assert.Equal((2L, 1L, 2, TransferStatus.Scheduled, 10_00L), (second.Id, second.SeriesId, second.Occurrence, second.Status, second.Amount));
        Follow(1, minutes: 10);
        _market.Refused(RejectCode.TransferNotFound, CommandField.Transfer);

        _market.Wait(minutes: 10);
        _market.Tick();
        Assert.Equal([2L], Unfollowed());
        Assert.Equal(999_980_00, _market.Account(AliceFrom).Balance);
    }

    [Fact]
    public void of_a_series_ends_with_the_one_that_is_taken_back()
    {
        Schedule(10_00, minutes: 10, recurrence: "every ten minutes");
        _market.Wait(minutes: 10);
        _market.Tick();

        _market.Do(Market.Alice, new CancelTransfer { TransferId = 1 });
        var told = _market.Told<TransferChanged>().Single().Transfer;
        Assert.Equal((TransferStatus.Completed, true), (told.Status, told.Recurrence.IsEmpty));
        Follow(1, minutes: 10);
        _market.Refused(RejectCode.TransferNotFound, CommandField.Transfer);
    }

    [Fact]
    public void at_a_popular_minute_takes_several_steps()
    {
        for (var i = 0; i < 250; i++) Schedule(1_00, minutes: 10);
        _market.Wait(minutes: 10);

        foreach (var left in (ReadOnlySpan<int>)[150, 50, 0])
        {
            _market.Tick();
            Assert.Equal(left, _market.Core.ScheduledTransferCount);
            Assert.Equal(left > 0, _market.Core.NextDeadline <= _market.Core.Time);
        }
        Assert.Equal(999_750_00, _market.Account(AliceFrom).Balance);
    }

    [Fact]
    public void cannot_be_put_off_without_end()
    {
        for (var i = 0; i < 1_000; i++) Schedule(1, minutes: 10);
        Schedule(1, minutes: 10);
        _market.Refused(RejectCode.TooManyTransfers, CommandField.Account, observed: 1_000, limit: 1_000);
        Schedule(1, minutes: 0);
        _market.Refused(RejectCode.InvalidCommand, CommandField.RunAt);
    }

    [Fact]
    public void survives_a_snapshot_with_what_waits_and_what_was_sent()
    {
        Send(30_00);
        Schedule(10_00, minutes: 10, recurrence: "daily");
        Schedule(20_00, minutes: 20);
        _market.Wait(minutes: 10);
        _market.Tick();

        var restored = Exchange.ReadSnapshot(Properties.Replays.SnapshotOf(_market.Core));

        Assert.Equal(40_00, restored.SentOnDayOf(AliceFrom, restored.Time));
        Assert.Equal(_market.Core.NextDeadline, restored.NextDeadline);
        Assert.True(restored.TryGetScheduledTransfer(3, out var waiting));
        Assert.Equal(20_00, waiting.Amount);
        var unfollowed = new List<TransferState>();
        restored.CopyUnfollowedTransfers(unfollowed);
        Assert.Equal([2L], unfollowed.Select(transfer => transfer.Id));
    }

    void Send(long amount, long dayLimit = 0) =>
        _market.Do(Market.Alice, new TransferCash { FromAccountId = AliceFrom, ToAccountId = BobTo, Amount = amount, DayLimit = dayLimit, Memo = Text64.From("lunch") });

    void Schedule(long amount, int minutes, string recurrence = "") => _market.Do(Market.Alice, new ScheduleTransfer
    {
        Transfer = new() { FromAccountId = AliceFrom, ToAccountId = BobTo, Amount = amount }, RunAt = RunAt(minutes), Recurrence = Text64.From(recurrence),
    });

    void Follow(long transfer, int minutes) => _market.Do(0, new ScheduleTransfer { Follows = transfer, RunAt = RunAt(minutes) });

    long RunAt(int minutes) => _market.Core.Time + (minutes * 60_000_000L);

    IEnumerable<long> Unfollowed()
    {
        var transfers = new List<TransferState>();
        _market.Core.CopyUnfollowedTransfers(transfers);
        return transfers.Select(transfer => transfer.Id);
    }
}
