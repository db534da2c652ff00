namespace MyTradeX.Core;

/// <summary>How an order's price is found.</summary>
public enum OrderType : byte
{
    /// <summary>Trades at its price or better and may rest in the book.</summary>
    Limit = 1,
    /// <summary>Trades at once at the best prices there are, never worse than the price band; the rest expires.</summary>
    Market = 2,
    /// <summary>Waits for the last price to reach its stop price, then trades at once within its protection; the rest expires.</summary>
    Stop = 3,
    /// <summary>Waits for the last price to reach its stop price, then is a limit order.</summary>
    StopLimit = 4,
}
