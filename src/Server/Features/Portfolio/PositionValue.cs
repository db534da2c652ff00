using MyTradeX.Core;

namespace MyTradeX.Server.Features.Portfolio;

/// <summary>
/// A position with what values it, all in whole units, so that every figure but the average cost is exact. The rules with a
/// worked example: docs/portfolio.md.
/// </summary>
/// <param name="State">The position, its day figures those of the instrument's current day.</param>
/// <param name="Price">What a share is worth now, in price units: the last price, before the first trade the listing's; 0 for none.</param>
/// <param name="PreviousClose">The same when the instrument's day began; 0 for none.</param>
/// <param name="Multiplier">Currency units in one price unit × one quantity unit.</param>
internal readonly record struct PositionValue(PositionState State, long Price, long PreviousClose, long Multiplier)
{
    /// <summary>Quantity × price in currency units; at cost while there is no price.</summary>
    public Int128 MarketValue => Price == 0 ? State.CostBasis : checked((Int128)State.Quantity * Price * Multiplier);

    /// <summary>Market value less cost, in currency units.</summary>
    public Int128 Unrealized => MarketValue - State.CostBasis;

    /// <summary>
    /// Profit since the instrument's day began, in currency units: what the shares are worth now, less what those held then were worth
    /// then, and the money that trades have brought in since. Shares that had no price then count from the price they have now.
    /// </summary>
    public Int128 Day
    {
        get
        {
            if (Price == 0)
                return 0;
            var yesterday = PreviousClose != 0 ? PreviousClose : Price;
            return checked(MarketValue - (Int128)State.DayOpenQuantity * yesterday * Multiplier + State.DayCashFlow);
        }
    }

    /// <summary>Cost of a share in price units / 10^<paramref name="extraDecimals"/>, rounded half to even; 0 when there are none.</summary>
    public Int128 AverageCost(int extraDecimals)
    {
        if (State.Quantity <= 0)
            return 0;
        var numerator = (Int128)State.CostBasis;
        for (var i = 0; i < extraDecimals; i++)
            numerator *= 10;
        var denominator = (Int128)State.Quantity * Multiplier;
        var (quotient, remainder) = Int128.DivRem(numerator, denominator);
        var twice = remainder * 2;
        var up = twice > denominator || (twice == denominator && !Int128.IsEvenInteger(quotient));
        return up ? quotient + 1 : quotient;
    }
}
