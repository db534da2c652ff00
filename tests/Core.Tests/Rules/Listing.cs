using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Rules;

public class Listing
{
    const long MaxAmount = 999_999_999_999_999;
    readonly Market _market = new();

    static readonly CreateInstrument s_fine = new()
    {
        Symbol = Text16.From("NEW.A-1"), CurrencyId = 1, PriceScale = 1, QuantityScale = 1, Rules = new() { TickSize = 5, LotSize = 1 }, ReferencePrice = 10,
    };

    [Fact]
    public void a_currency_opens_its_two_accounts_fees_first()
    {
        var accounts = _market.Core.AccountCount;
        _market.Do(0, new CreateCurrency { Code = Text16.From("EUR4"), Scale = 4 });
        Assert.Equal(2, _market.Result.SubjectId);
        Assert.Equal((AccountType.Fees, AccountType.Issuance), (_market.Account(accounts + 1).Type, _market.Account(accounts + 2).Type));
        Assert.True(_market.Core.TryGetCurrency(2, out var currency));
        Assert.Equal((accounts + 1, accounts + 2, 4), (currency.FeeAccountId, currency.IssuanceAccountId, currency.Scale));
    }

    [Theory]
    [InlineData(2, "usd", 9, RejectCode.InvalidCommand, CommandField.User)]
    [InlineData(0, "usd", 9, RejectCode.InvalidCommand, CommandField.Currency)]
    [InlineData(0, "", 2, RejectCode.InvalidCommand, CommandField.Currency)]
    [InlineData(0, "U D", 2, RejectCode.InvalidCommand, CommandField.Currency)]
    [InlineData(0, "U.D", 2, RejectCode.InvalidCommand, CommandField.Currency)]
    [InlineData(0, "USD", 9, RejectCode.InvalidCommand, CommandField.Scale)]
    [InlineData(0, "USD", 8, RejectCode.CurrencyExists, CommandField.Currency)]
    [InlineData(0, "ABCDEFGHIJKLM019", 8, RejectCode.None, CommandField.None)]
    public void a_currency_is_refused_for_its_first_fault(long user, string code, byte scale, RejectCode expected, CommandField field)
    {
        _market.Do(user, new CreateCurrency { Code = Text16.From(code), Scale = scale });
        Assert.Equal((expected, field), (_market.Result.Code, _market.Result.Field));
        if (expected == RejectCode.CurrencyExists) Assert.Equal(1, _market.Result.SubjectId);
    }

    [Fact]
    public void an_instrument_is_refused_for_its_first_fault()
    {
        var rules = new InstrumentRules { BandBps = -1, MakerFeePpm = -1, TakerFeePpm = -1, SessionOpenMinute = -1, SessionCloseMinute = -1 };
        var listing = new CreateInstrument { Symbol = Text16.From("ACME"), CurrencyId = 9, PriceScale = 2, QuantityScale = 1, Rules = rules, ReferencePrice = -1 };
        var user = 1L;
        Expect(RejectCode.InvalidCommand, CommandField.User, () => user = 0);
        Expect(RejectCode.InstrumentExists, CommandField.Symbol, () => listing.Symbol = Text16.From("new"));
        Expect(RejectCode.CurrencyNotFound, CommandField.Currency, () => listing.CurrencyId = 1);
        Expect(RejectCode.InvalidCommand, CommandField.Symbol, () => listing.Symbol = Text16.From("N-W.1"));
        Expect(RejectCode.InvalidCommand, CommandField.Scale, () => listing.QuantityScale = 0);
        Expect(RejectCode.InvalidCommand, CommandField.TickSize, () => listing.Rules.TickSize = 5);
        Expect(RejectCode.InvalidCommand, CommandField.LotSize, () => listing.Rules.LotSize = MaxAmount);
        Expect(RejectCode.InvalidCommand, CommandField.PriceBand, () => listing.Rules.BandBps = 9_999);
        Expect(RejectCode.InvalidCommand, CommandField.Fee, () => listing.Rules.MakerFeePpm = 100_000);
        Expect(RejectCode.InvalidCommand, CommandField.Fee, () => listing.Rules.TakerFeePpm = 100_000);
        Expect(RejectCode.InvalidCommand, CommandField.Session, () => listing.Rules.SessionOpenMinute = 1_439);
        Expect(RejectCode.InvalidCommand, CommandField.Session, () => listing.Rules.SessionCloseMinute = 1_439);
        Expect(RejectCode.InvalidCommand, CommandField.Price, () => listing.ReferencePrice = MaxAmount + 1);
        Expect(RejectCode.InvalidCommand, CommandField.Price, () => listing.ReferencePrice = MaxAmount);
        Expect(RejectCode.InvalidCommand, CommandField.Price, () => listing.ReferencePrice = MaxAmount - 4);
        _market.Do(0, listing);
        _market.Accepted();

        void Expect(RejectCode code, CommandField field, Action repair)
        {
            _market.Do(user, listing);
            Assert.Equal((code, field), (_market.Result.Code, _market.Result.Field));
            repair();
        }
    }

    [Fact]
    public void a_currency_is_refused_beyond_the_last()
    {
        for (var i = 2; i <= 256; i++)
        {
            _market.Do(0, new CreateCurrency { Code = Text16.From($"C{i}"), Scale = 2 });
            Assert.Equal((RejectCode.None, (long)i), (_market.Result.Code, _market.Result.SubjectId));
        }
        _market.Do(0, new CreateCurrency { Code = Text16.From("MORE"), Scale = 2 });
        Assert.Equal((RejectCode.LimitExceeded, 256L), (_market.Result.Code, _market.Result.Limit));
    }

    [Theory]
    [InlineData(0, 0, 100)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 0, 1)]
    [InlineData(0, 2, 1)]
    public void an_instrument_counts_money_exactly(byte priceScale, byte quantityScale, long multiplier)
    {
        _market.Do(0, s_fine with { PriceScale = priceScale, QuantityScale = quantityScale });
        Assert.True(_market.Core.TryGetInstrument(2, out var instrument));
        Assert.Equal(multiplier, instrument.NotionalMultiplier);
    }

    [Theory]
    [InlineData(1, 1, RejectCode.InvalidCommand, CommandField.User)]
    [InlineData(0, 2, RejectCode.InstrumentNotFound, CommandField.Symbol)]
    [InlineData(0, 1, RejectCode.InvalidCommand, CommandField.TickSize)]
    public void new_rules_are_refused_for_their_first_fault(long user, int instrument, RejectCode code, CommandField field)
    {
        _market.Do(user, new UpdateInstrument { InstrumentId = instrument });
        _market.Refused(code, field);
        Assert.Equal(0, _market.Result.SubjectId);
    }

    [Theory]
    [InlineData(1, 1, RejectCode.InvalidCommand, CommandField.User)]
    [InlineData(0, 2, RejectCode.InstrumentNotFound, CommandField.Symbol)]
    public void a_halt_is_for_the_venue(long user, int instrument, RejectCode code, CommandField field)
    {
        _market.Do(user, new SetHalt { InstrumentId = instrument, Halted = true });
        _market.Refused(code, field);
    }

    [Fact]
    public void a_halt_stops_placing_and_amending()
    {
        var order = _market.Buy(5, at: 99.00m);
        _market.Halt();
        _market.Buy(5, at: 99.00m);
        _market.Refused(RejectCode.MarketHalted, CommandField.Symbol);
        _market.Amend(order, quantity: 4);
        _market.Refused(RejectCode.MarketHalted, CommandField.Symbol);
        _market.Halt(false);
        _market.Amend(order, quantity: 4);
        _market.Accepted();
    }

    [Theory]
    [InlineData(0, 0, AccountType.Trading, 1, RejectCode.InvalidCommand, CommandField.User)]
    [InlineData(2, 3, AccountType.Trading, 1, RejectCode.InvalidCommand, CommandField.User)]
    [InlineData(2, 2, AccountType.Fees, 9, RejectCode.InvalidCommand, CommandField.AccountType)]
    [InlineData(2, 2, (AccountType)0, 9, RejectCode.InvalidCommand, CommandField.AccountType)]
    [InlineData(2, 2, AccountType.Savings, 9, RejectCode.CurrencyNotFound, CommandField.Currency)]
    [InlineData(2, 2, AccountType.Savings, 1, RejectCode.None, CommandField.None)]
    public void an_account_is_opened_by_the_venue_or_its_owner(long user, long owner, AccountType type, int currency, RejectCode code, CommandField field)
    {
        _market.Do(user, new OpenAccount { OwnerId = owner, Type = type, CurrencyId = currency });
        Assert.Equal((code, field), (_market.Result.Code, _market.Result.Field));
    }

    [Theory]
    [InlineData(2, 4, 0, RejectCode.AccountNotFound, CommandField.Account)]
    [InlineData(0, 99, 0, RejectCode.AccountNotFound, CommandField.Account)]
    [InlineData(0, Market.FeesAccount, 1, RejectCode.AccountNotFound, CommandField.Account)]
    [InlineData(0, Market.IssuanceAccount, 1, RejectCode.AccountNotFound, CommandField.Account)]
    [InlineData(0, 4, 0, RejectCode.AmountOutOfRange, CommandField.Amount)]
    [InlineData(0, 4, MaxAmount + 1, RejectCode.AmountOutOfRange, CommandField.Amount)]
    [InlineData(0, 4, MaxAmount, RejectCode.None, CommandField.None)]
    public void money_is_brought_in_by_the_venue_for_users(long user, long account, long amount, RejectCode code, CommandField field)
    {
        _market.Do(user, new Deposit { AccountId = account, Amount = amount });
        Assert.Equal((code, field), (_market.Result.Code, _market.Result.Field));
    }
}
