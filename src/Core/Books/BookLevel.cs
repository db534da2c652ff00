namespace MyTradeX.Core;

/// <summary>A price level as a client sees it.</summary>
/// <param name="Price">The price.</param>
/// <param name="Quantity">Open quantity at it.</param>
/// <param name="OrderCount">Orders at it.</param>
public readonly record struct BookLevel(long Price, long Quantity, int OrderCount);
