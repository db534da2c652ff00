using System.Collections.Concurrent;
using System.Text;
using MyTradeX.Contracts;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Platform.Trading;

/// <summary>What never changes of a currency.</summary>
internal sealed record ListedCurrency(int Id, string Code, int Scale)
{
    /// <summary>Currency units as money.</summary>
    public decimal Cash(long units) => Scaled.ToDecimal(units, Scale);
}

/// <summary>What never changes of an instrument: enough to speak of it in decimals.</summary>
internal sealed record ListedInstrument(int Id, string Symbol, ListedCurrency Currency, int PriceScale, int QuantityScale)
{
    /// <summary>Price units as a price.</summary>
    public decimal Price(long units) => Scaled.ToDecimal(units, PriceScale);

    /// <summary>Price units as a price; 0 is none.</summary>
    public decimal? PriceOrNone(long units) => units == 0 ? null : Price(units);

    /// <summary>Quantity units as shares.</summary>
    public decimal Quantity(long units) => Scaled.ToDecimal(units, QuantityScale);

    /// <summary>Currency units as money.</summary>
    public decimal Cash(long units) => Currency.Cash(units);

    /// <summary>Value traded (currency units) by shares traded (quantity units), rounded half to even to eight decimals; null for none.</summary>
    public decimal? AveragePrice(long notional, long quantity) =>
        quantity == 0 ? null : Math.Round(Cash(notional) / Quantity(quantity), AverageDecimals);

    // As fine as the finest currency.
    const int AverageDecimals = 8;
}

/// <summary>
/// Instruments and currencies by name and number, from memory. Only what is fixed for good is kept here; what may change
/// (rules, halts, prices) is asked of the venue.
/// </summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class Listings(Venue.Venue venue)
{
    readonly ConcurrentDictionary<string, ListedInstrument> _bySymbol = new(StringComparer.OrdinalIgnoreCase);
    readonly ConcurrentDictionary<int, ListedInstrument> _byId = [];
    readonly ConcurrentDictionary<int, ListedCurrency> _currencies = [];

    /// <summary>The instrument of a symbol, in any letter case, or null.</summary>
    public ListedInstrument? Find(string symbol)
    {
        if (_bySymbol.TryGetValue(symbol, out var known))
            return known;
        if (!IsName(symbol))
            return null;
        var id = venue.Read(Text16.From(symbol.ToUpperInvariant()), (exchange, name) => exchange.TryFindInstrument(name, out var found) ? found : 0);
        return id == 0 ? null : Of(id);
    }

    /// <summary>The instrument of a symbol.</summary>
    /// <exception cref="ApiException"><c>INSTRUMENT_NOT_FOUND</c></exception>
    public ListedInstrument Require(string symbol) => Find(symbol) ?? throw new ApiException(
        ErrorCode.InstrumentNotFound, $"There is no instrument {Shown(symbol)}; GET /instruments lists them.",
        new() { Field = "symbol", Reason = "is not listed", Observed = Shown(symbol) });

    /// <summary>The instrument of a number that the venue gave.</summary>
    public ListedInstrument Of(int id) => _byId.TryGetValue(id, out var known) ? known : Learn(id);

    /// <summary>Every instrument, in order of listing.</summary>
    public IReadOnlyList<ListedInstrument> All()
    {
        var count = venue.Read(0, (exchange, _) => exchange.InstrumentCount);
        return [.. Enumerable.Range(1, count).Select(Of)];
    }

    /// <summary>The currency of a number that the venue gave.</summary>
    public ListedCurrency Currency(int id) => _currencies.GetOrAdd(id, wanted =>
    {
        var state = venue.Read(wanted, (exchange, number) => exchange.TryGetCurrency(number, out var currency)
            ? currency : throw new InvariantBrokenException($"currency {number} exists"));
        return new(state.Id, state.Code.ToString(), state.Scale);
    });

    /// <summary>The currency of a code, in any letter case.</summary>
    /// <exception cref="ApiException"><c>CURRENCY_NOT_FOUND</c></exception>
    public ListedCurrency RequireCurrency(string code)
    {
        var id = IsName(code) ? venue.Read(Text16.From(code.ToUpperInvariant()), (exchange, name) => exchange.TryFindCurrency(name, out var found) ? found : 0) : 0;
        return id != 0 ? Currency(id) : throw new ApiException(
            ErrorCode.CurrencyNotFound, $"There is no currency {Shown(code)} here.", new() { Field = "currency", Reason = "is not known", Observed = Shown(code) });
    }

    ListedInstrument Learn(int id)
    {
        var state = venue.Read(id, (exchange, number) => exchange.TryGetInstrument(number, out var instrument)
            ? instrument : throw new InvariantBrokenException($"instrument {number} exists"));
        var listed = new ListedInstrument(state.Id, state.Symbol.ToString(), Currency(state.CurrencyId), state.PriceScale, state.QuantityScale);
        _byId[id] = listed;
        _bySymbol[listed.Symbol] = listed;
        return listed;
    }

    static bool IsName(string text) => text.Length is > 0 and <= Text16.MaxBytes && Ascii.IsValid(text);

    static string Shown(string text) => text.Length <= 32 ? text : text[..32] + "…";
}
