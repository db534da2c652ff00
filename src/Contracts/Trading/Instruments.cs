using System.Text.Json.Serialization;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Contracts.Trading;

/// <summary>An instrument with the rules that an order must keep, so that a client can validate before it sends.</summary>
public sealed record InstrumentDto
{
    /// <summary>A–Z, 0–9, dot and hyphen, 1–16 characters.</summary>
    public required string Symbol { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The currency it trades in.</summary>
    public required string Currency { get; init; }

    /// <summary>Decimals a price may have.</summary>
    public int PriceScale { get; init; }

    /// <summary>Decimals a quantity may have.</summary>
    public int QuantityScale { get; init; }

    /// <summary>Prices are multiples of this.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>Quantities are multiples of this.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public required decimal LotSize { get; init; }

    /// <summary>How far a limit price may lie from the reference price, in per cent; 0 for any distance.</summary>
    public decimal PriceBandPercent { get; init; }

    /// <summary>Fee of the resting side, in per cent of the value traded.</summary>
    public decimal MakerFeePercent { get; init; }

    /// <summary>Fee of the arriving side, in per cent of the value traded.</summary>
    public decimal TakerFeePercent { get; init; }

    /// <summary>When the session opens, UTC, <c>HH:mm</c>. Equal to the close: trading never stops.</summary>
    public required string SessionOpen { get; init; }

    /// <summary>When the session closes and DAY orders expire, UTC, <c>HH:mm</c>.</summary>
    public required string SessionClose { get; init; }

    /// <summary>Whether it trades now.</summary>
    public MarketStatus Status { get; init; }

    /// <summary>What the band is measured from: the last price, or the listing price before the first trade.</summary>
    public decimal? ReferencePrice { get; init; }

    /// <summary>Lowest limit price allowed now; absent without a band.</summary>
    public decimal? MinPrice { get; init; }

    /// <summary>Highest limit price allowed now; absent without a band.</summary>
    public decimal? MaxPrice { get; init; }

    /// <summary>Listing, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Lists an instrument (administrators). Scales are fixed for good; the rest may change.</summary>
public sealed record CreateInstrumentRequest(
    string? Symbol, string? Name = null, string? Currency = null, int? PriceScale = null, int? QuantityScale = null,
    decimal? TickSize = null, [property: JsonConverter(typeof(QuantityConverter))] decimal? LotSize = null,
    decimal? PriceBandPercent = null, decimal? MakerFeePercent = null, decimal? TakerFeePercent = null,
    string? SessionOpen = null, string? SessionClose = null, decimal? ReferencePrice = null);

/// <summary>Changes an instrument's rules (administrators); what is absent keeps its value.</summary>
public sealed record UpdateInstrumentRequest(
    decimal? TickSize = null, [property: JsonConverter(typeof(QuantityConverter))] decimal? LotSize = null,
    decimal? PriceBandPercent = null, decimal? MakerFeePercent = null, decimal? TakerFeePercent = null,
    string? SessionOpen = null, string? SessionClose = null, string? Name = null);
