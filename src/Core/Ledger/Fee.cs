namespace MyTradeX.Core;

/// <summary>Trading fees.</summary>
static class Fee
{
    const long Million = 1_000_000;

    /// <summary>
    /// Millionths of a value, rounded down: in the customer's favour, and so that the fees of the parts of an order never come to
    /// more than the fee reserved for the whole.
    /// </summary>
    public static long Of(long notional, int ppm) => notional / Million * ppm + notional % Million * ppm / Million;
}
