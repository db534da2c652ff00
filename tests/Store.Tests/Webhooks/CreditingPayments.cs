using MyTradeX.Store.Tests.History;
using Xunit;

namespace MyTradeX.Store.Tests.Webhooks;

public abstract class CreditingPayments(Engine engine) : HistoryTests(engine)
{
    private StripeStore Store => new(Database);

    [Fact]
    public async Task an_event_comes_with_its_job_once()
    {
        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.ReceiveAsync(Event("evt_1"), new NewJob("stripe-event", "{}"), Cancel)));

        Assert.Single(told, isNew => isNew);
        Assert.Equal(1, await QueryAsync<long>("SELECT COUNT(*) FROM jobs"));
        Assert.Equal(StripeEventStatuses.Received, (await Store.GetAsync("evt_1", Cancel))!.Status);
    }

    [Fact]
    public async Task what_an_event_causes_is_enqueued_once_and_a_rejected_one_may_be_processed_later()
    {
        await Store.ReceiveAsync(Event("evt_1"), new NewJob("stripe-event", "{}"), Cancel);

        await Store.RejectAsync("evt_1", "no account", Cancel);
        await Store.FinishAsync("evt_1", "done", Now, new NewJob("mail", "{}"), Cancel);
        await Store.FinishAsync("evt_1", "done again", Now, new NewJob("mail", "{}"), Cancel);
        await Store.RejectAsync("evt_1", "too late", Cancel);

        var row = (await Store.GetAsync("evt_1", Cancel))!;
        Assert.Equal((StripeEventStatuses.Processed, "done", Now), (row.Status, row.Outcome, row.ProcessedAt));
        Assert.Equal(1, await QueryAsync<long>("SELECT COUNT(*) FROM jobs WHERE kind = 'mail'"));
    }

    [Fact]
    public async Task pages_go_both_ways()
    {
        for (var i = 0; i < 5; i++)
            await Store.ReceiveAsync(Event($"evt_{i}") with { ReceivedAt = Now + i }, new NewJob("stripe-event", "{}"), Cancel);

        var numbered = await Store.ListAsync(new() { Status = StripeEventStatuses.Received, EventType = "x" }, 2, 2, Cancel);
        var walked = await Store.ListAsync(new(), null, 3, Cancel);

        Assert.Equal(["evt_2", "evt_1"], numbered.Items.Select(row => row.StripeId));
        Assert.Equal(5, numbered.Total);
        Assert.Equal(["evt_4", "evt_3", "evt_2"], walked.Items.Select(row => row.StripeId));
        Assert.Equal(["evt_1", "evt_0"], (await Store.ListAsync(new(), walked.Next, 3, Cancel)).Items.Select(row => row.StripeId));
    }

    [Fact]
    public async Task what_is_decided_of_a_payment_first_stays()
    {
        await Store.AddPaymentAsync(Payment("pi_1"), Cancel);

        var again = await Store.AddPaymentAsync(Payment("pi_1") with { AccountId = 11, Amount = 7 }, Cancel);

        Assert.Equal((10L, 5L, 0L), (again.AccountId, again.Amount, again.Round));
    }

    [Fact]
    public async Task a_deposit_is_claimed_by_one_payment_and_only_one_that_fits()
    {
        Write(Deposit(1), Deposit(5) with { Amount = 6 }, Deposit(6) with { Kind = "TRADE" }, Deposit(7) with { AccountId = 11 }, Deposit(8), Deposit(9) with { Asset = "EUR" });
        var (one, other) = (await AskedAsync("pi_1", after: 1), await AskedAsync("pi_2", after: 1));

        Assert.Equal(8, await Store.ClaimDepositAsync(one, Cancel));
        Assert.Null(await Store.ClaimDepositAsync(other, Cancel));

        Assert.Equal(8, (await Store.FindPaymentAsync("pi_1", Cancel))!.Sequence);
        Assert.Null((await Store.FindPaymentAsync("pi_2", Cancel))!.Sequence);
    }

    [Fact]
    public async Task a_payment_asked_for_lately_with_an_unknown_outcome_is_a_rival()
    {
        var (old, fresh) = (await AskedAsync("pi_1", after: 1), await AskedAsync("pi_2", after: 50));

        Assert.True(await Store.HasRivalAsync(old, 20, Now - Minute, Cancel));
        Assert.False(await Store.HasRivalAsync(fresh, 20, Now - Minute, Cancel));
        await Store.CreditAsync("pi_2", 60, Cancel);
        Assert.False(await Store.HasRivalAsync(old, 20, Now - Minute, Cancel));
    }

    [Fact]
    public async Task a_credited_payment_is_never_asked_for_again_nor_dropped()
    {
        var asked = await AskedAsync("pi_1", after: 1);
        await Store.CreditAsync("pi_1", 8, Cancel);
        await Store.CreditAsync("pi_1", 9, Cancel);
        await Store.DropPaymentAsync("pi_1", Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.AskAsync(asked, 10, Now, Cancel));
        Assert.Equal(8, (await Store.FindPaymentAsync("pi_1", Cancel))!.Sequence);
    }

    [Fact]
    public async Task the_newest_of_a_subscription_stays()
    {
        Assert.True(await Store.RecordSubscriptionAsync(new("sub_1", "cus_1", "active", 2, "evt_2"), Cancel));
        Assert.False(await Store.RecordSubscriptionAsync(new("sub_1", "cus_1", "incomplete", 1, "evt_1"), Cancel));
        Assert.True(await Store.RecordSubscriptionAsync(new("sub_1", null, "past_due", 3, "evt_3"), Cancel));

        Assert.Equal("past_due", await QueryAsync<string>("SELECT status FROM stripe_subscriptions"));
    }

    private async Task<StripePaymentRow> AskedAsync(string id, long after) => await Store.AskAsync(await Store.AddPaymentAsync(Payment(id), Cancel), after, Now, Cancel);

    private static StripeEventRow Event(string id) => new() { StripeId = id, EventType = "x", Payload = "{}", CreatedAt = Now, ReceivedAt = Now };

    private static StripePaymentRow Payment(string id) => new() { PaymentIntentId = id, AccountId = 10, Currency = "USD", Amount = 5, CreatedAt = Now };

    private static LedgerLineRow Deposit(long sequence) => Rows.Line(sequence, 1, 10) with { Kind = "DEPOSIT", Reference = "" };

    public sealed class OnSqlite() : CreditingPayments(Engine.Sqlite);

    public sealed class OnPostgres() : CreditingPayments(Engine.Postgres);
}
