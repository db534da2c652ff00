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

    /// <summary>Shares that can be sold: those not held.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public decimal Available { get; init; }

    /// <summary>Shares that open sell orders reserve.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public decimal Held { get; init; }

    /// <summary>What a share has cost, fees apart: cost basis / quantity, rounded half to even to two decimals more than a price has; 0 when there is none.</summary>
    public decimal AverageCost { get; init; }

    /// <summary>What the shares held have cost, fees apart. Exact.</summary>
    public decimal CostBasis { get; init; }

    /// <summary>Last price; absent before the first trade of an instrument listed without one.</summary>
    public decimal? CurrentPrice { get; init; }

    /// <summary>Quantity × current price; at cost while there is no price. Exact.</summary>
    public decimal MarketValue { get; init; }

    /// <summary>Market value less cost basis.</summary>
    public decimal UnrealizedPnL { get; init; }

    /// <summary>Profit of what was sold: proceeds less cost, fees apart.</summary>
    public decimal RealizedPnL { get; init; }

    /// <summary>Fees paid on its trades.</summary>
    public decimal Fees { get; init; }

    /// <summary>Profit since the instrument's day began.</summary>
    public decimal DayPnL { get; init; }

    /// <summary>The currency its amounts are in.</summary>
    public required string Currency { get; init; }

    /// <summary>Last change, UTC.</summary>
    public DateTimeOffset LastUpdated { get; init; }
}

/// <summary>All a user has in one currency.</summary>
public sealed record PortfolioSummaryDto
{
    /// <summary>Cash and market value of all positions.</summary>
    public required decimal TotalValue { get; init; }

    /// <summary>Cash in the accounts, what open orders hold included.</summary>
    public decimal Cash { get; init; }

    /// <summary>Market value of the positions; part of the total.</summary>
    public decimal MarketValue { get; init; }

    /// <summary>Sum over the positions.</summary>
    public decimal TotalUnrealizedPnL { get; init; }

    /// <summary>Sum over the positions, past ones included.</summary>
    public decimal TotalRealizedPnL { get; init; }

    /// <summary>Sum over the positions, past ones included.</summary>
    public decimal TotalFees { get; init; }

    /// <summary>Profit since the day began, summed over the positions, those closed today included.</summary>
    public decimal DayPnL { get; init; }

    /// <summary>The currency all amounts are in.</summary>
    public required string Currency { get; init; }

    /// <summary>The open positions in short, one a symbol.</summary>
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

    /// <summary>Quantity × current price; at cost while there is no price.</summary>
    public decimal MarketValue { get; init; }

    /// <summary>Market value less cost basis.</summary>
    public decimal PnL { get; init; }
}
