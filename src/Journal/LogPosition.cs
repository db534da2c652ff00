namespace MyTradeX.Journal;

/// <summary>
/// A place in a command log. Positions strictly increase from record to record but are not dense, and what the number
/// means is the log's own affair (a byte offset here, a stream offset elsewhere): compare positions, never calculate with them.
/// </summary>
/// <param name="Value">The raw number, for storing and printing; never negative.</param>
public readonly record struct LogPosition(long Value) : IComparable<LogPosition>
{
    /// <summary>The position of the first record a log ever held.</summary>
    public static LogPosition Start => default;

    /// <inheritdoc/>
    public int CompareTo(LogPosition other) => Value.CompareTo(other.Value);

    /// <summary>True when <paramref name="left"/> comes earlier in the log.</summary>
    public static bool operator <(LogPosition left, LogPosition right) => left.Value < right.Value;

    /// <summary>True when <paramref name="left"/> comes later in the log.</summary>
    public static bool operator >(LogPosition left, LogPosition right) => left.Value > right.Value;

    /// <summary>True when <paramref name="left"/> does not come later in the log.</summary>
    public static bool operator <=(LogPosition left, LogPosition right) => left.Value <= right.Value;

    /// <summary>True when <paramref name="left"/> does not come earlier in the log.</summary>
    public static bool operator >=(LogPosition left, LogPosition right) => left.Value >= right.Value;

    /// <summary>The raw number.</summary>
    public override string ToString() => Value.ToString();
}
