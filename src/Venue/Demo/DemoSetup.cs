using MyTradeX.Core;

namespace MyTradeX.Venue.Demo;

/// <summary>
/// Makes what the demo market needs and what is not there yet: the currency, the instruments, the participants' accounts. It looks before
/// it makes, so it may be cut short at any point and run again; request keys, which are remembered for a day, would not carry as far.
/// </summary>
static class DemoSetup
{
    const string CurrencyCode = "USD";
    const byte CurrencyScale = 6;
    const int PriceDecimals = 4;
    const decimal Tick = 0.01m;

    /// <summary>Creates what is missing, at a time in the past or now (0), and returns the accounts and what is listed.</summary>
    public static async Task<(long[] Accounts, IReadOnlyList<DemoListing> Listings, long Cash)> RunAsync(Venue venue, long time)
    {
        var currency = await CurrencyAsync(venue, time);
        var listings = new List<DemoListing>();
        foreach (var symbol in DemoSymbol.All)
        {
            var instrument = await InstrumentAsync(venue, symbol, currency, time);
            // A symbol that somebody has listed in another currency is left alone.
            if (instrument.CurrencyId == currency.Id) listings.Add(DemoListing.Of(symbol, in instrument));
        }
        var accounts = new long[DemoParticipants.Count];
        for (var participant = 0; participant < accounts.Length; participant++)
            accounts[participant] = await AccountAsync(venue, participant, currency.Id, time);
        // 150 million dollars each: the bids of one maker hold about 2 million.
        return (accounts, listings, Math.Min(150_000_000 * DemoListing.Power(currency.Scale), Limits.MaxAmount));
    }

    static async Task<CurrencyState> CurrencyAsync(Venue venue, long time)
    {
        if (Find() is { } there) return there;
        await DoAsync(venue, Command.From(0, new CreateCurrency { Code = Text16.From(CurrencyCode), Scale = CurrencyScale }), time, RejectCode.CurrencyExists);
        return Find()!.Value;

        CurrencyState? Find() => venue.Read(0, (exchange, _) =>
            exchange.TryFindCurrency(Text16.From(CurrencyCode), out var id) && exchange.TryGetCurrency(id, out var currency) ? currency : (CurrencyState?)null);
    }

    static async Task<InstrumentState> InstrumentAsync(Venue venue, DemoSymbol symbol, CurrencyState currency, long time)
    {
        if (Find() is { } there) return there;
        var priceScale = Math.Min(PriceDecimals, (int)currency.Scale);
        var units = DemoListing.Power(priceScale);
        await DoAsync(
            venue,
            Command.From(0, new CreateInstrument
            {
                Symbol = Text16.From(symbol.Symbol),
                CurrencyId = currency.Id,
                PriceScale = (byte)priceScale,
                Rules = new InstrumentRules { TickSize = Math.Max(1, (long)(Tick * units)), LotSize = 1, BandBps = 1_000, MakerFeePpm = 100, TakerFeePpm = 200 },
                ReferencePrice = (long)(symbol.OpeningPrice * units),
                Name = Text64.From(symbol.Name),
            }),
            time,
            RejectCode.InstrumentExists);
        return Find()!.Value;

        InstrumentState? Find() => venue.Read(symbol, (exchange, wanted) =>
            exchange.TryFindInstrument(Text16.From(wanted.Symbol), out var id) && exchange.TryGetInstrument(id, out var instrument) ? instrument : (InstrumentState?)null);
    }

    static async Task<long> AccountAsync(Venue venue, int participant, int currencyId, long time)
    {
        var user = DemoParticipants.UserOf(participant);
        var accounts = new List<AccountState>();
        venue.Read((user, accounts), (exchange, wanted) =>
        {
            exchange.CopyAccounts(wanted.user, wanted.accounts);
            return 0;
        });
        foreach (var account in accounts)
            if (account.CurrencyId == currencyId && account.Type == AccountType.Trading) return account.Id;
        var opened = await DoAsync(
            venue,
            Command.From(0, new OpenAccount
            {
                OwnerId = user,
                CurrencyId = currencyId,
                Type = AccountType.Trading,
                Marks = AccountMarks.Synthetic,
                Name = Text64.From(DemoParticipants.NameOf(participant)),
            }),
            time);
        return opened.SubjectId;
    }

    static async Task<CommandResult> DoAsync(Venue venue, Command command, long time, RejectCode welcome = RejectCode.None)
    {
        command.Header.Time = time;
        var result = await venue.SubmitAsync(in command);
        if (!result.IsAccepted && result.Code != welcome)
            throw new InvalidOperationException($"The demo market cannot be set up: {command.Header.Kind} was refused, {result.Code} ({result.Field}).");
        return result;
    }
}
