using MyTradeX.Core;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Store;
using Xunit;

namespace MyTradeX.Server.Tests.Webhooks;

/// <summary>Payments that Stripe tells of, and the accounts that they are for.</summary>
public sealed class FundingByCard(StripeServer server) : IClassFixture<StripeServer>
{
    const string Succeeded = "payment_intent.succeeded", Failed = "payment_intent.payment_failed";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_payment_credits_the_account_that_it_names()
    {
        var (_, account, _) = await server.CustomerAsync();

        var settled = await server.SettleAsync(Succeeded, StripeServer.Payment(StripeServer.NewId("pi"), new { accountId = account }));

        Assert.Equal(StripeEventStatuses.Processed, settled.Status);
        Assert.StartsWith($"{account} was credited at sequence ", settled.Outcome, StringComparison.Ordinal);
        Assert.Equal(12_345, server.CentsIn(account));
    }

    [Fact]
    public async Task a_payment_credits_the_default_account_of_the_user_that_it_names()
    {
        var (user, account, _) = await server.CustomerAsync();

        await server.SettleAsync(Succeeded, StripeServer.Payment(StripeServer.NewId("pi"), new { userId = user }));

        Assert.Equal(12_345, server.CentsIn(account));
    }

    [Fact]
    public async Task twenty_deliveries_of_one_event_at_once_credit_once()
    {
        var (_, account, _) = await server.CustomerAsync();
        var id = StripeServer.NewId("evt");
        var body = StripeServer.Event(id, Succeeded, StripeServer.Payment(StripeServer.NewId("pi"), new { accountId = account }));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.DeliverAsync(body)));
        await server.SettledAsync(id);
        // What comes after it is worked on after it.
        await server.SettleAsync("charge.updated", new { });

        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        Assert.Equal(12_345, server.CentsIn(account));
    }

    [Fact]
    public async Task two_events_of_one_payment_credit_once()
    {
        var (_, account, _) = await server.CustomerAsync();
        var payment = StripeServer.Payment(StripeServer.NewId("pi"), new { accountId = account });

        await server.SettleAsync(Succeeded, payment);
        var second = await server.SettleAsync(Succeeded, payment);

        Assert.Contains("already", second.Outcome, StringComparison.Ordinal);
        Assert.Equal(12_345, server.CentsIn(account));
    }

    [Fact]
    public async Task two_payments_of_one_amount_credit_twice()
    {
        var (_, account, _) = await server.CustomerAsync();

        await server.SettleAsync(Succeeded, StripeServer.Payment(StripeServer.NewId("pi"), new { accountId = account }));
        await server.SettleAsync(Succeeded, StripeServer.Payment(StripeServer.NewId("pi"), new { accountId = account }));

        Assert.Equal(24_690, server.CentsIn(account));
    }

    [Theory]
    [InlineData("""{"accountId":"account-999999"}""", "names no account")]
    [InlineData("""{"accountId":"account-1"}""", "names no account")]
    [InlineData("""{"userId":"user-999999"}""", "names anybody")]
    [InlineData("""{}""", "names anybody")]
    public async Task a_payment_for_nobody_goes_to_the_dead_letters_with_its_reason(string metadata, string reason)
    {
        var settled = await server.SettleAsync(Succeeded, StripeServer.Payment(StripeServer.NewId("pi"), System.Text.Json.JsonDocument.Parse(metadata).RootElement));

        Assert.Equal(StripeEventStatuses.Rejected, settled.Status);
        Assert.Contains(reason, settled.Outcome, StringComparison.Ordinal);
        using var admin = await server.AdminAsync();
        var dead = await (await admin.GetAsync("/api/v1/admin/jobs?kind=stripe-event&status=FAILED&size=100", Cancellation)).DataAsync();
        Assert.Contains(dead.AsArray(), job => (string?)job!["payload"]!["eventId"] == settled.StripeId);
    }

    [Theory]
    [InlineData(100, "gbp", "There is no currency")]
    [InlineData(0, "usd", "no amount of USD")]
    [InlineData(-5, "usd", "no amount of USD")]
    [InlineData(long.MaxValue, "usd", "no amount of USD")]
    public async Task an_amount_that_cannot_be_credited_goes_there_too(long amount, string currency, string reason)
    {
        var (_, account, _) = await server.CustomerAsync();

        var settled = await server.SettleAsync(Succeeded, StripeServer.Payment(StripeServer.NewId("pi"), new { accountId = account }, amount, currency));

        Assert.Equal(StripeEventStatuses.Rejected, settled.Status);
        Assert.Contains(reason, settled.Outcome, StringComparison.Ordinal);
        Assert.Equal(0, server.CentsIn(account));
    }

    [Fact]
    public async Task a_failed_payment_is_told_by_mail_once()
    {
        var (user, _, email) = await server.CustomerAsync();
        var payment = new { id = StripeServer.NewId("pi"), metadata = new { userId = user }, last_payment_error = new { message = "Your card was declined." } };
        var id = StripeServer.NewId("evt");
        var body = StripeServer.Event(id, Failed, payment);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.DeliverAsync(body)));
        await server.SettledAsync(id);

        var mail = await MailToAsync(email, "Your payment failed");
        Assert.Contains("Your card was declined.", mail.Text, StringComparison.Ordinal);
        Assert.Equal(1, server.Mailbox.List().Count(entry => entry.Mail.To == email && entry.Mail.Subject == mail.Subject));
    }

    [Fact]
    public async Task a_failure_that_comes_after_the_success_is_not_told()
    {
        var (user, _, _) = await server.CustomerAsync();
        var payment = StripeServer.Payment(StripeServer.NewId("pi"), new { userId = user });
        await server.SettleAsync(Succeeded, payment);

        var late = await server.SettleAsync(Failed, payment, created: 1_600_000_000);

        Assert.Equal("the payment has succeeded since", late.Outcome);
    }

    [Fact]
    public async Task an_older_event_of_a_subscription_does_not_replace_a_newer_one()
    {
        var id = StripeServer.NewId("sub");

        var newer = await server.SettleAsync("customer.subscription.updated", new { id, status = "active", customer = "cus_1" }, created: 1_700_000_002);
        var older = await server.SettleAsync("customer.subscription.updated", new { id, status = "incomplete", customer = "cus_1" }, created: 1_700_000_001);

        Assert.Equal("the subscription is active", newer.Outcome);
        Assert.Contains("something newer", older.Outcome, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_server_that_died_before_it_noted_the_deposit_does_not_repeat_it(bool afterTwoDays)
    {
        var (_, account, _) = await server.CustomerAsync();
        var payment = await AskedAsync(account);
        var command = Command.From(0, new Deposit { AccountId = payment.AccountId, Amount = payment.Amount });
        CommandKey.OfVenue($"stripe {payment.PaymentIntentId}, round 1").Mark(ref command);
        var result = await server.Venue.SubmitAsync(in command);
        if (afterTwoDays)
            await LetTwoDaysPassAsync();

        var settled = await server.SettleAsync(Succeeded, StripeServer.Payment(payment.PaymentIntentId, new { accountId = account }));

        Assert.Equal($"{account} was credited at sequence {result.Sequence}", settled.Outcome);
        Assert.Equal(12_345, server.CentsIn(account));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_server_that_died_before_it_asked_for_the_deposit_does_so_later(bool afterTwoDays)
    {
        var (_, account, _) = await server.CustomerAsync();
        // An earlier deposit of the same amount is not this payment's.
        await server.SettleAsync(Succeeded, StripeServer.Payment(StripeServer.NewId("pi"), new { accountId = account }));
        var payment = await AskedAsync(account);
        if (afterTwoDays)
            await LetTwoDaysPassAsync();

        await server.SettleAsync(Succeeded, StripeServer.Payment(payment.PaymentIntentId, new { accountId = account }));

        Assert.Equal(24_690, server.CentsIn(account));
    }

    // As far as a server comes before the exchange is asked.
    async Task<StripePaymentRow> AskedAsync(string account)
    {
        Assert.True(Ids.TryParse(account, "account", out var number));
        var payment = await server.Store.AddPaymentAsync(
            new() { PaymentIntentId = StripeServer.NewId("pi"), AccountId = number, Currency = "USD", Amount = UnitsOf(number), CreatedAt = server.Venue.Now() }, Cancellation);
        return await server.Store.AskAsync(payment, server.Venue.Sequence, server.Venue.Now(), Cancellation);
    }

    long UnitsOf(long account) => server.Venue.Read(account, (exchange, id) =>
    {
        Assert.True(exchange.TryGetAccount(id, out var state));
        Assert.True(exchange.TryGetCurrency(state.CurrencyId, out var currency));
        Assert.Equal(ScaleFit.Exact, Scaled.Read(123.45m, currency.Scale, out var units));
        return units;
    });

    // What the exchange remembers it forgets by the time of its commands.
    async Task LetTwoDaysPassAsync()
    {
        server.Clock.Advance(TimeSpan.FromDays(2));
        await server.Venue.SubmitAsync(Command.AdvanceTime());
    }

    async Task<Features.Mail.ComposedMail> MailToAsync(string to, string subject)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            if (server.Mailbox.List().Select(entry => entry.Mail).FirstOrDefault(mail => mail.To == to && mail.Subject.Contains(subject, StringComparison.Ordinal)) is { } found)
                return found;
            await Task.Yield();
        }
    }
}
