using MyTradeX.Core;
using MyTradeX.Server.Features.Jobs;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Webhooks.Stripe;

/// <summary>
/// Credits a payment to an account: once, however many events tell of it and wherever a server dies.
/// </summary>
/// <remarks>
/// The money is in the journal, what we know of the payment in the store, and no transaction spans both. So each step is noted before the next:
/// <list type="number">
/// <item>The payment is stored with its account and amount. A crash after it: the job begins again and finds them, so nothing is decided twice.</item>
/// <item>That the exchange is about to be asked is stored, with the venue's sequence and time. A crash after it: the exchange may or may not have been asked.</item>
/// <item>The exchange is asked, under a request key made of the payment and the round. A crash after it: it is asked again under the same key, and
/// answers with the sequence of the deposit that there is. But it remembers keys for a day, and a bounded number of them.</item>
/// <item>The sequence is stored, and the payment is done with for good.</item>
/// </list>
/// Where step 3 was begun so long ago that the key may be forgotten, the ledger is the judge: once projected up to now it either has a deposit of that
/// amount to that account after step 2 that is no other payment's – it is this one's – or the money never came, and the next round asks under a new key. Two
/// payments of one amount to one account that both were left at step 3 may trade their deposits; that is all the same to account and ledger. One that
/// was asked lately is the exchange's to answer for, so the old one waits for it. A deposit of the same amount that an administrator made by
/// hand meanwhile counts as the payment: better so than twice. Payments are credited one at a time, so nobody comes in between.
/// </remarks>
internal sealed partial class StripeFunding(VenueHost host, DefaultAccounts defaults, UserStore users, StripeStore store, TimeProvider clock, ILogger<StripeFunding> log)
{
    // Well within what the exchange promises to remember: a command may take two of its places, and clocks differ a little.
    static readonly long RememberedForUs = Limits.RememberedForUs - 3_600_000_000;
    const long RememberedCommands = Limits.RememberedRequests / 4;

    /// <summary>Credits what a payment brought in.</summary>
    /// <returns>What came of it, in a sentence.</returns>
    /// <exception cref="JobRejectedException">There is no such account, or the exchange refuses; nothing was credited.</exception>
    public async Task<string> CreditAsync(StripeEvent told, CancellationToken cancellation)
    {
        var paymentId = RequireId(told);
        var payment = await store.FindPaymentAsync(paymentId, cancellation) ?? await store.AddPaymentAsync(await DecideAsync(told, paymentId, cancellation), cancellation);
        if (payment.Sequence is { } known)
            return $"{Ids.Account(payment.AccountId)} had been credited at sequence {known} already";
        if (payment.Round > 0 && !IsRemembered(payment))
        {
            if (await store.HasRivalAsync(payment, host.Venue.Sequence - RememberedCommands, Now() - RememberedForUs, cancellation))
                throw new InvalidOperationException($"{paymentId} waits until another payment of its amount to {Ids.Account(payment.AccountId)} is settled");
            await host.Venue.CatchUpAsync(cancellation);
            if (await store.ClaimDepositAsync(payment, cancellation) is { } found)
            {
                Found(paymentId, found);
                return $"{Ids.Account(payment.AccountId)} was credited at sequence {found}";
            }
            payment = await AskAsync(payment, cancellation);
        }
        else if (payment.Round == 0)
        {
            payment = await AskAsync(payment, cancellation);
        }
        return await SendAsync(payment, cancellation);
    }

    /// <summary>The id of the payment that an event is about.</summary>
    public static string RequireId(StripeEvent told) =>
        StripeEvent.Text(told.Object, "id") is { Length: > 0 and <= 255 } id ? id : throw new JobRejectedException("the payment has no id");

    /// <summary>Whose account a payment names, by <c>metadata.accountId</c> or <c>metadata.userId</c>; 0 when it names nobody's.</summary>
    public long OwnerOf(StripeEvent told)
    {
        if (told.Metadata("accountId") is { } named)
            return Ids.TryParse(named, "account", out var accountId) && Find(accountId) is { } account ? account.OwnerId : 0;
        return Ids.TryParse(told.Metadata("userId"), "user", out var userId) ? userId : 0;
    }

    async Task<StripePaymentRow> DecideAsync(StripeEvent told, string paymentId, CancellationToken cancellation)
    {
        var listings = new Listings(host.Venue);
        ListedCurrency currency;
        try
        {
            currency = listings.RequireCurrency(StripeEvent.Text(told.Object, "currency") ?? "");
        }
        catch (ApiException unknown)
        {
            throw new JobRejectedException(unknown.Message, unknown);
        }
        var received = StripeEvent.Number(told.Object, "amount_received") ?? 0;
        var amount = received > 0 ? StripeAmounts.ToUnits(received, currency) : null;
        if (amount is null)
            throw new JobRejectedException($"amount_received {received} is no amount of {currency.Code} that this venue can hold");
        return new()
        {
            PaymentIntentId = paymentId, AccountId = await AccountOfAsync(told, currency, cancellation), Currency = currency.Code, Amount = amount.Value, CreatedAt = Micros.Now(clock),
        };
    }

    async Task<long> AccountOfAsync(StripeEvent told, ListedCurrency currency, CancellationToken cancellation)
    {
        if (told.Metadata("accountId") is { } named)
        {
            if (!Ids.TryParse(named, "account", out var accountId) || Find(accountId) is not { OwnerId: not 0 } account)
                throw new JobRejectedException("metadata.accountId names no account");
            return account.CurrencyId == currency.Id ? account.Id : throw new JobRejectedException($"{named} is not in {currency.Code}");
        }
        // Asked of the users first: a default account is opened for whoever it is asked for.
        if (!Ids.TryParse(told.Metadata("userId"), "user", out var userId) || await users.GetAsync(userId, cancellation) is null)
            throw new JobRejectedException("neither metadata.accountId nor metadata.userId names anybody");
        return await defaults.OfAsync(userId, currency.Id) is > 0 and var found ? found : throw new JobRejectedException($"{Ids.User(userId)} has no trading account in {currency.Code}");
    }

    Task<StripePaymentRow> AskAsync(StripePaymentRow payment, CancellationToken cancellation) => store.AskAsync(payment, host.Venue.Sequence, Now(), cancellation);

    async Task<string> SendAsync(StripePaymentRow payment, CancellationToken cancellation)
    {
        var command = Command.From(0, new Deposit { AccountId = payment.AccountId, Amount = payment.Amount });
        CommandKey.OfVenue($"stripe {payment.PaymentIntentId}, round {payment.Round}").Mark(ref command);
        // Not to be broken off: while it is under way, nobody else may take up the payment.
        var result = await host.Venue.SubmitAsync(in command);
        if (!result.IsAccepted)
        {
            await store.DropPaymentAsync(payment.PaymentIntentId, cancellation);
            throw new JobRejectedException($"the exchange refused to credit {Ids.Account(payment.AccountId)}: {result.Code}");
        }
        await store.CreditAsync(payment.PaymentIntentId, result.Sequence, CancellationToken.None);
        return $"{Ids.Account(payment.AccountId)} was credited at sequence {result.Sequence}";
    }

    bool IsRemembered(StripePaymentRow payment) => Now() - payment.AskedAt < RememberedForUs && host.Venue.Sequence - payment.AskedAfterSequence < RememberedCommands;

    // The exchange's time never goes back, whatever the machine's clock does, and it is by that time that it forgets.
    long Now() => Math.Max(host.Venue.Now(), host.Venue.Read(0, static (exchange, _) => exchange.Time));

    AccountState? Find(long accountId) => host.Venue.Read(accountId, static (exchange, id) => exchange.TryGetAccount(id, out var account) ? account : (AccountState?)null);

    [LoggerMessage(Level = LogLevel.Warning, Message = "what became of payment {Payment} was not known any more; the ledger has its deposit at sequence {Sequence}")]
    partial void Found(string payment, long sequence);
}
