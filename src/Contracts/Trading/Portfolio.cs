using System.Text.Json.Serialization;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Contracts.Trading;

/// <summary>Shares of one instrument in one account.</summary>
public sealed record PositionDto
{
    /// <summary><c>position-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary><c>account-3</c>.</summary>
    public required string AccountId { get; init; }

    /// <summary>The instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Shares held.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public required decimal Quantity { get; init; }

    /// <summary>Shares not held by open sell orders.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public decimal AvailableQuantity { get; init; }

    /// <summary>What a share has cost, fees apart; 0 when there is none.</summary>
    public decimal AverageCost { get; init; }

    /// <summary>Last price; absent before the first trade of an instrument listed without one.</summary>
    public decimal? CurrentPrice { get; init; }

    /// <summary>Quantity × current price.</summary>
    public decimal MarketValue { get; init; }

    /// <summary>Market value less cost.</summary>
    public decimal UnrealizedPnL { get; init; }

    /// <summary>Profit of what was sold.</summary>
    public decimal RealizedPnL { get; init; }

    /// <summary>Profit since the instrument's day began.</summary>
    public decimal DayPnL { get; init; }

    /// <summary>Last change, UTC.</summary>
    public DateTimeOffset LastUpdated { get; init; }
}

/// <summary>All a user has.</summary>
public sealed record PortfolioSummaryDto
{
    /// <summary>Cash and market value of all positions.</summary>
    public required decimal TotalValue { get; init; }

    /// <summary>Cash in trading accounts, what open orders hold included.</summary>
    public decimal Cash { get; init; }

    /// <summary>Sum over the positions.</summary>
    public decimal TotalUnrealizedPnL { get; init; }

    /// <summary>Sum over the positions, past ones included.</summary>
    public decimal TotalRealizedPnL { get; init; }

    /// <summary>Sum over the positions.</summary>
    public decimal DayPnL { get; init; }

    /// <summary>The currency all amounts are in.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The positions in short.</summary>
    public required IReadOnlyList<PortfolioPositionDto> Positions { get; init; }
}

/// <summary>A position in the summary.</summary>
public sealed record PortfolioPositionDto
{
    /// <summary>The instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Shares held.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public required decimal Quantity { get; init; }

    /// <summary>Quantity × current price.</summary>
    public decimal MarketValue { get; init; }

    /// <summary>Market value less cost.</summary>
    public decimal PnL { get; init; }
}
