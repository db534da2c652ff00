using System.Text;
using System.Text.Json;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Trading;

namespace MyTradeX.Server.Features.Instruments;

/// <summary>An instrument after a command, and the command's place in the journal.</summary>
internal readonly record struct InstrumentOutcome(InstrumentDto Instrument, long Sequence, bool Replayed);

/// <summary>Listing instruments, changing their rules, halting and resuming them. The venue's own commands, sent for administrators.</summary>
internal sealed class InstrumentService(Venue.Venue venue, Listings listings)
{
    const int PriceScaleDefault = 2;

    /// <summary>One instrument.</summary>
    /// <exception cref="ApiException"><c>INSTRUMENT_NOT_FOUND</c></exception>
    public InstrumentDto Get(string symbol) => Show(listings.Require(symbol));

    /// <summary>Lists an instrument.</summary>
    /// <exception cref="ApiException"><c>INSTRUMENT_EXISTS</c>, <c>CURRENCY_NOT_FOUND</c>, <c>VALIDATION_ERROR</c></exception>
    public async Task<InstrumentOutcome> CreateAsync(CreateInstrumentRequest request, Faults faults, CommandKey key)
    {
        var symbol = faults.Has("symbol") ? "" : faults.Text(request.Symbol, "symbol", lengthMax: 16).ToUpperInvariant();
        faults.Require(symbol.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-'), "symbol", "must consist of A-Z, 0-9, dot and hyphen");
        var name = ReadName(request.Name, faults) ?? symbol;
        if (request.TickSize is null)
            faults.Add("tickSize", "is required");
        var currency = listings.RequireCurrency(request.Currency ?? VenueHost.HomeCurrency);
        // As fine as the tick and the lot unless told otherwise.
        var priceScale = request.PriceScale ?? Math.Max(PriceScaleDefault, Decimals(request.TickSize));
        var quantityScale = request.QuantityScale ?? Decimals(request.LotSize);
        faults.Require(priceScale >= 0 && priceScale <= currency.Scale, "priceScale", $"must be between 0 and {currency.Scale}");
        faults.Require(quantityScale >= 0 && quantityScale <= currency.Scale - priceScale, "quantityScale",
            $"must be at least 0, and with priceScale at most {currency.Scale}, so that price × quantity is exact in {currency.Code}");
        faults.ThrowIfAny();

        var reader = new InstrumentRulesReader(faults, priceScale, quantityScale);
        var lot = 1L;
        for (var i = 0; i < quantityScale; i++)
            lot *= 10;
        var rules = reader.Read(new(request.TickSize, request.LotSize, request.PriceBandPercent, request.MakerFeePercent, request.TakerFeePercent, request.SessionOpen, request.SessionClose),
            new() { TickSize = 1, LotSize = request.LotSize is null ? lot : 1 });
        var reference = reader.Units(request.ReferencePrice, "referencePrice", priceScale, 0, Core.Limits.MaxAmount) ?? 0;
        if (reference % rules.TickSize != 0)
            faults.Add("referencePrice", "must be a multiple of the tick");
        faults.ThrowIfAny();
        var command = Command.From(0, new CreateInstrument
        {
            Symbol = Text16.From(symbol),
            CurrencyId = currency.Id,
            PriceScale = (byte)priceScale,
            QuantityScale = (byte)quantityScale,
            Rules = rules,
            ReferencePrice = reference,
            Name = Text64.From(name),
        });
        key.Mark(ref command);
        return await SendAsync(command, symbol);
    }

    /// <summary>Changes an instrument's rules; what is absent keeps its value.</summary>
    /// <exception cref="ApiException"><c>INSTRUMENT_NOT_FOUND</c>, <c>VALIDATION_ERROR</c></exception>
    public async Task<InstrumentOutcome> UpdateAsync(string symbol, UpdateInstrumentRequest request, Faults faults, CommandKey key)
    {
        var listed = listings.Require(symbol);
        var state = View(listed).State;
        var rules = new InstrumentRulesReader(faults, listed.PriceScale, listed.QuantityScale).Read(request, state.Rules);
        var name = ReadName(request.Name, faults);
        faults.ThrowIfAny();
        var command = Command.From(0, new UpdateInstrument { InstrumentId = listed.Id, Rules = rules, Name = name is null ? state.Name : Text64.From(name) });
        // The request says less than the command, which carries rules that another request may have changed meanwhile.
        key.Mark(ref command, JsonSerializer.SerializeToUtf8Bytes(new { listed.Symbol, request }, WireJson.Options));
        return await SendAsync(command, listed.Symbol);
    }

    /// <summary>Halts or resumes trading. While halted, orders can only be cancelled.</summary>
    /// <exception cref="ApiException"><c>INSTRUMENT_NOT_FOUND</c></exception>
    public async Task<InstrumentOutcome> SetHaltAsync(string symbol, bool halted, CommandKey key)
    {
        var listed = listings.Require(symbol);
        var command = Command.From(0, new SetHalt { InstrumentId = listed.Id, Halted = halted });
        key.Mark(ref command);
        return await SendAsync(command, listed.Symbol);
    }

    async Task<InstrumentOutcome> SendAsync(Command command, string symbol)
    {
        var result = await venue.SubmitAsync(in command);
        if (result.Code == RejectCode.InstrumentExists)
            throw new ApiException(ErrorCode.InstrumentExists, $"{symbol} is listed already.", new() { Field = "symbol", Reason = "is listed already", Observed = symbol });
        if (!result.IsAccepted)
            throw new ApiException(CommandRefusals.Explain(in result, default));
        return new(Show(listings.Of((int)result.SubjectId)), result.Sequence, result.Repeated);
    }

    MarketView View(ListedInstrument listed) => venue.Read((listed.Id, venue.Now()), (exchange, asked) => MarketView.Of(exchange, asked.Id, asked.Item2));

    /// <summary>An instrument in the wire's words.</summary>
    public InstrumentDto Show(ListedInstrument listed)
    {
        var view = View(listed);
        var rules = view.State.Rules;
        return new()
        {
            Symbol = listed.Symbol,
            Name = view.State.Name.ToString(),
            Currency = listed.Currency.Code,
            PriceScale = listed.PriceScale,
            QuantityScale = listed.QuantityScale,
            TickSize = listed.Price(rules.TickSize),
            LotSize = listed.Quantity(rules.LotSize),
            PriceBandPercent = InstrumentRulesReader.BandPercent(rules.BandBps),
            MakerFeePercent = InstrumentRulesReader.FeePercent(rules.MakerFeePpm),
            TakerFeePercent = InstrumentRulesReader.FeePercent(rules.TakerFeePpm),
            SessionOpen = InstrumentRulesReader.TimeOf(rules.SessionOpenMinute),
            SessionClose = InstrumentRulesReader.TimeOf(rules.SessionCloseMinute),
            Status = view.Status,
            ReferencePrice = listed.PriceOrNone(view.State.ReferencePrice),
            MinPrice = listed.PriceOrNone(view.BandLow),
            MaxPrice = listed.PriceOrNone(view.BandHigh),
            CreatedAt = Micros.ToInstant(view.State.CreatedAt),
        };
    }

    static string? ReadName(string? name, Faults faults)
    {
        var text = faults.OptionalText(name, "name", Text64.MaxBytes);
        if (text is not null && Encoding.UTF8.GetByteCount(text) > Text64.MaxBytes)
            faults.Add("name", $"must take at most {Text64.MaxBytes} bytes of UTF-8");
        return text;
    }

    // Without the zeros at its end: 0.010 has two.
    static int Decimals(decimal? value) => value is { } given ? (given / 1.0000000000000000000000000000m).Scale : 0;
}
