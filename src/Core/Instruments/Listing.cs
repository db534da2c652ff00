using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Currencies and instruments: how they come to be and change, and how their days end.</summary>
sealed class Listing(ExchangeState state)
{
    const int MinutesPerDay = 24 * 60;

    readonly Dictionary<Text16, int> _bySymbol = [];

    public bool TryFind(Text16 symbol, out int instrumentId) => _bySymbol.TryGetValue(symbol, out instrumentId);

    public void CreateCurrency(long userId, in CreateCurrency command, ref CommandResult result)
    {
        if (userId != 0) { result.Refuse(RejectCode.InvalidCommand, CommandField.User); return; }
        if (!IsCode(command.Code, allowPunctuation: false)) { result.Refuse(RejectCode.InvalidCommand, CommandField.Currency); return; }
        if (command.Scale > Limits.MaxCurrencyScale) { result.Refuse(RejectCode.InvalidCommand, CommandField.Scale, command.Scale, Limits.MaxCurrencyScale, Limits.MaxCurrencyScale); return; }
        if (state.FindCurrency(command.Code) is var taken and not 0)
        {
            result.Refuse(RejectCode.CurrencyExists, CommandField.Currency);
            result.SubjectId = taken;
            return;
        }
        if (state.Currencies.Count == Limits.MaxCurrencies) { result.Refuse(RejectCode.LimitExceeded, CommandField.Currency, 0, Limits.MaxCurrencies); return; }

        var currency = new CurrencyState { Id = state.Currencies.Count + 1, Code = command.Code, Scale = command.Scale };
        currency.FeeAccountId = OpenVenueAccount(currency.Id, AccountType.Fees);
        currency.IssuanceAccountId = OpenVenueAccount(currency.Id, AccountType.Issuance);
        state.Currencies.Add(currency);
        state.Events.Add<CurrencyCreated>() = new CurrencyCreated
        {
            Id = currency.Id,
            Code = currency.Code,
            Scale = currency.Scale,
            FeeAccountId = currency.FeeAccountId,
            IssuanceAccountId = currency.IssuanceAccountId,
        };
        result.SubjectId = currency.Id;
    }

    public void CreateInstrument(long userId, in CreateInstrument command, ref CommandResult result)
    {
        if (userId != 0) { result.Refuse(RejectCode.InvalidCommand, CommandField.User); return; }
        if (_bySymbol.TryGetValue(command.Symbol, out var taken))
        {
            result.Refuse(RejectCode.InstrumentExists, CommandField.Symbol);
            result.SubjectId = taken;
            return;
        }
        if (command.CurrencyId <= 0 || command.CurrencyId > state.Currencies.Count) { result.Refuse(RejectCode.CurrencyNotFound, CommandField.Currency); return; }
        if (!IsCode(command.Symbol, allowPunctuation: true)) { result.Refuse(RejectCode.InvalidCommand, CommandField.Symbol); return; }
        var spare = state.Currencies[command.CurrencyId - 1].Scale - command.PriceScale - command.QuantityScale;
        if (spare < 0)
        {
            result.Refuse(RejectCode.InvalidCommand, CommandField.Scale, command.PriceScale + command.QuantityScale, state.Currencies[command.CurrencyId - 1].Scale);
            return;
        }
        if (!AreValid(command.Rules, ref result)) return;
        if (command.ReferencePrice is < 0 or > Limits.MaxAmount || command.ReferencePrice % command.Rules.TickSize != 0)
        {
            result.Refuse(RejectCode.InvalidCommand, CommandField.Price, command.ReferencePrice, command.Rules.TickSize);
            return;
        }
        if (state.Instruments.Count == Limits.MaxInstruments) { result.Refuse(RejectCode.LimitExceeded, CommandField.Symbol, 0, Limits.MaxInstruments); return; }

        var instrument = new Instrument(state.Orders.Hot);
        instrument.State = new InstrumentState
        {
            Id = state.Instruments.Count + 1,
            Symbol = command.Symbol,
            CurrencyId = command.CurrencyId,
            PriceScale = command.PriceScale,
            QuantityScale = command.QuantityScale,
            NotionalMultiplier = PowerOfTen(spare),
            Rules = command.Rules,
            ReferencePrice = command.ReferencePrice,
            PreviousClose = command.ReferencePrice,
            CreatedAt = state.Time,
            Name = command.Name,
        };
        instrument.State.DayEndsAt = instrument.NextCloseAfter(state.Time);
        Add(instrument);
        Tell(instrument);
        result.SubjectId = instrument.State.Id;
    }

    public void UpdateInstrument(long userId, in UpdateInstrument command, ref CommandResult result)
    {
        if (userId != 0) { result.Refuse(RejectCode.InvalidCommand, CommandField.User); return; }
        if (state.InstrumentOf(command.InstrumentId) is not { } instrument) { result.Refuse(RejectCode.InstrumentNotFound, CommandField.Symbol); return; }
        if (!AreValid(command.Rules, ref result)) return;
        result.SubjectId = command.InstrumentId;
        instrument.State.Rules = command.Rules;
        instrument.State.Name = command.Name;
        Tell(instrument);
    }

    public void SetHalt(long userId, in SetHalt command, ref CommandResult result)
    {
        if (userId != 0) { result.Refuse(RejectCode.InvalidCommand, CommandField.User); return; }
        if (state.InstrumentOf(command.InstrumentId) is not { } instrument) { result.Refuse(RejectCode.InstrumentNotFound, CommandField.Symbol); return; }
        result.SubjectId = command.InstrumentId;
        if (instrument.State.Halted == command.Halted) return;
        instrument.State.Halted = command.Halted;
        Tell(instrument);
    }

    /// <summary>Takes an instrument in, newly listed or from a snapshot.</summary>
    public void Add(Instrument instrument)
    {
        state.Instruments.Add(instrument);
        _bySymbol.Add(instrument.State.Symbol, instrument.State.Id);
        state.NextDayEnd = Math.Min(state.NextDayEnd, instrument.State.DayEndsAt);
    }

    /// <summary>Begins the instrument's next day.</summary>
    public void BeginDay(Instrument instrument)
    {
        instrument.State.PreviousClose = instrument.State.ReferencePrice;
        instrument.State.DayEndsAt = instrument.NextCloseAfter(state.Time);
        Tell(instrument);
    }

    void Tell(Instrument instrument) => state.Events.Add<InstrumentChanged>().Instrument = instrument.State;

    long OpenVenueAccount(int currencyId, AccountType type)
    {
        ref var account = ref state.Accounts.Open(new AccountState { CurrencyId = currencyId, Type = type, CreatedAt = state.Time });
        state.Ledger.Touch(ref account);
        return account.State.Id;
    }

    static bool AreValid(in InstrumentRules rules, ref CommandResult result)
    {
        if (rules.TickSize is < 1 or > Limits.MaxAmount) return result.Refuse(RejectCode.InvalidCommand, CommandField.TickSize, rules.TickSize, Limits.MaxAmount);
        if (rules.LotSize is < 1 or > Limits.MaxAmount) return result.Refuse(RejectCode.InvalidCommand, CommandField.LotSize, rules.LotSize, Limits.MaxAmount);
        if (rules.BandBps is < 0 or > Limits.MaxBandBps) return result.Refuse(RejectCode.InvalidCommand, CommandField.PriceBand, rules.BandBps, Limits.MaxBandBps);
        if (rules.MakerFeePpm is < 0 or > Limits.MaxFeePpm) return result.Refuse(RejectCode.InvalidCommand, CommandField.Fee, rules.MakerFeePpm, Limits.MaxFeePpm);
        if (rules.TakerFeePpm is < 0 or > Limits.MaxFeePpm) return result.Refuse(RejectCode.InvalidCommand, CommandField.Fee, rules.TakerFeePpm, Limits.MaxFeePpm);
        if (rules.SessionOpenMinute is < 0 or >= MinutesPerDay) return result.Refuse(RejectCode.InvalidCommand, CommandField.Session, rules.SessionOpenMinute, MinutesPerDay - 1);
        if (rules.SessionCloseMinute is < 0 or >= MinutesPerDay) return result.Refuse(RejectCode.InvalidCommand, CommandField.Session, rules.SessionCloseMinute, MinutesPerDay - 1);
        return true;
    }

    static bool IsCode(Text16 text, bool allowPunctuation)
    {
        var bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<Text16>(in text)).TrimEnd((byte)0);
        foreach (var b in bytes)
            if (b is not ((>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9')) && !(allowPunctuation && b is (byte)'.' or (byte)'-'))
                return false;
        return !bytes.IsEmpty;
    }

    static long PowerOfTen(int exponent)
    {
        var value = 1L;
        for (var i = 0; i < exponent; i++) value *= 10;
        return value;
    }
}
