namespace MyTradeX.Simulation;

/// <summary>A promise of the venue did not hold.</summary>
public sealed class BrokenPromiseException(string promise, Exception? cause = null) : Exception(promise, cause)
{
    public static void Unless(bool holds, string promise)
    {
        if (!holds) throw new BrokenPromiseException(promise);
    }
}
