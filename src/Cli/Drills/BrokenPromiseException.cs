namespace MyTradeX.Cli.Drills;

/// <summary>The server did what it promises not to do. The message says what was seen, and what should have been.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message)
{
    /// <summary>Throws unless a promise was kept.</summary>
    /// <param name="isKept">What must be true.</param>
    /// <param name="otherwise">What was seen instead.</param>
    public static void Unless(bool isKept, Func<string> otherwise)
    {
        if (!isKept) throw new BrokenPromiseException(otherwise());
    }

    /// <summary>Throws unless two values are the same.</summary>
    /// <param name="what">Whose value it is.</param>
    /// <param name="expected">What was promised.</param>
    /// <param name="seen">What there is.</param>
    public static void UnlessSame<T>(string what, T expected, T seen)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, seen)) throw new BrokenPromiseException($"{what} is {seen}; it should be {expected}");
    }
}
