namespace MyTradeX.Core.Tests.Reference;

/// <summary>Currencies and instruments.</summary>
sealed partial class NaiveExchange
{
    const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const long MaxAmount = 999_999_999_999_999;

    CommandResult Carry(long user, CreateCurrency command)
    {
        if (user != 0) return Invalid(CommandField.User);
        if (!IsSpelledWith(command.Code, Capitals)) return Invalid(CommandField.Currency);
        if (command.Scale > 8) return Invalid(CommandField.Scale);
        if (_currencies.Find(currency => currency.Code == command.Code) is { } known) return Refuse(RejectCode.CurrencyExists, CommandField.Currency, subject: known.Id);
        if (_currencies.Count == 256) return Refuse(RejectCode.LimitExceeded, CommandField.Currency, limit: 256);

        var id = _currencies.Count + 1;
        var fees = Open(new() { CurrencyId = id, Type = AccountType.Fees });
        var issuance = Open(new() { CurrencyId = id, Type = AccountType.Issuance });
        _currencies.Add(new(id, command.Code, command.Scale, fees, issuance));
        return Accept(id);
    }

    CommandResult Carry(long user, CreateInstrument command)
    {
        if (user != 0) return Invalid(CommandField.User);
        if (_instruments.Find(instrument => instrument.State.Symbol == command.Symbol) is { } known)
            return Refuse(RejectCode.InstrumentExists, CommandField.Symbol, subject: known.State.Id);
        if (command.CurrencyId < 1 || command.CurrencyId > _currencies.Count) return Refuse(RejectCode.CurrencyNotFound, CommandField.Currency);
        if (!IsSpelledWith(command.Symbol, Capitals + ".-")) return Invalid(CommandField.Symbol);
        var currency = _currencies[command.CurrencyId - 1];
        if (command.PriceScale + command.QuantityScale > currency.Scale) return Invalid(CommandField.Scale);
        if (Fault(command.Rules) is { } field) return Invalid(field);
        if (command.ReferencePrice < 0 || command.ReferencePrice > MaxAmount || command.ReferencePrice % command.Rules.TickSize != 0)
            return Invalid(CommandField.Price);
        if (_instruments.Count == 65_536) return Refuse(RejectCode.LimitExceeded, CommandField.Symbol, limit: 65_536);

        var listed = new NaiveInstrument
        {
            State = new()
            {
                Id = _instruments.Count + 1,
                Symbol = command.Symbol,
                CurrencyId = command.CurrencyId,
                PriceScale = command.PriceScale,
                QuantityScale = command.QuantityScale,
                NotionalMultiplier = Enumerable.Range(0, currency.Scale - command.PriceScale - command.QuantityScale).Aggregate(1L, (product, _) => product * 10),
                Rules = command.Rules,
                ReferencePrice = command.ReferencePrice,
                CreatedAt = Time,
                Name = command.Name,
            },
        };
        listed.BeginDay(Time);
        _instruments.Add(listed);
        return Accept(listed.State.Id);
    }

    CommandResult Carry(long user, UpdateInstrument command)
    {
        if (user != 0) return Invalid(CommandField.User);
        if (Instrument(command.InstrumentId) is not { } instrument) return Refuse(RejectCode.InstrumentNotFound, CommandField.Symbol);
        if (Fault(command.Rules) is { } field) return Invalid(field);
        instrument.State.Rules = command.Rules;
        instrument.State.Name = command.Name;
        return Accept(instrument.State.Id);
    }

    CommandResult Carry(long user, SetHalt command)
    {
        if (user != 0) return Invalid(CommandField.User);
        if (Instrument(command.InstrumentId) is not { } instrument) return Refuse(RejectCode.InstrumentNotFound, CommandField.Symbol);
        instrument.State.Halted = command.Halted;
        return Accept(instrument.State.Id);
    }

    static CommandField? Fault(InstrumentRules rules)
    {
        if (rules.TickSize is < 1 or > MaxAmount) return CommandField.TickSize;
        if (rules.LotSize is < 1 or > MaxAmount) return CommandField.LotSize;
        if (rules.BandBps is < 0 or > 9_999) return CommandField.PriceBand;
        if (rules.MakerFeePpm is < 0 or > 100_000) return CommandField.Fee;
        if (rules.TakerFeePpm is < 0 or > 100_000) return CommandField.Fee;
        if (rules.SessionOpenMinute is < 0 or > 1_439) return CommandField.Session;
        if (rules.SessionCloseMinute is < 0 or > 1_439) return CommandField.Session;
        return null;
    }

    /// <summary>One to sixteen of these letters, and nothing behind the first zero byte.</summary>
    static bool IsSpelledWith(Text16 text, string letters)
    {
        var spelled = text.ToString();
        return spelled.Length > 0 && spelled.All(letters.Contains) && Text16.From(spelled) == text;
    }
}
