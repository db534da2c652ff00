namespace MyTradeX.Core;

/// <summary>Execution instructions of an order.</summary>
[Flags]
public enum ExecutionInstructions : byte
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>The order may only add liquidity; it is refused when it would trade on arrival.</summary>
    PostOnly = 1,
}
