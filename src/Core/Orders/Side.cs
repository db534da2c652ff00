namespace MyTradeX.Core;

/// <summary>Which way an order trades.</summary>
public enum Side : byte
{
    /// <summary>Pays money for shares.</summary>
    Buy = 1,
    /// <summary>Gives shares for money.</summary>
    Sell = 2,
}
