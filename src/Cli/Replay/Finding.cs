namespace MyTradeX.Cli.Replay;

/// <summary>What a replay may find: a class of unequal rows, or a class of events that price–time priority and the file alone do not settle.</summary>
internal enum Finding
{
    // Unequal rows.
    UnequalBeyondKnownLevels,
    UnequalCrossedQuote,
    UnequalRow,
    RowsMissing,
    // Events.
    PassedOverForOlderOrder,
    PassedOver,
    LevelCameIntoView,
    RemovalOfUnseenOrder,
    ExecutionOfUnseenOrder,
    CrossingEntry,
    ExecutionBehindBest,
    ExecutionHitAnother,
    ContradictsOrder,
    RefusedByExchange,
}

/// <summary>What each finding means.</summary>
internal static class Findings
{
    /// <summary>The reason, for people.</summary>
    public static string Reason(this Finding finding) => finding switch
    {
        Finding.UnequalBeyondKnownLevels => "the price lies beyond the levels that the opening book and the messages cover, so orders stood or came and went there unseen",
        Finding.UnequalCrossedQuote => "the file's own book is crossed here or an order waits for it to uncross; a book that matches cannot hold that",
        Finding.UnequalRow => "the book differs from the file and nothing known explains it",
        Finding.RowsMissing => "the files to compare with do not have a row for each message",
        Finding.PassedOverForOlderOrder => "the file enters an order late that the exchange had numbered earlier, and its execution passes over younger ones: it kept its rank; they were moved behind it",
        Finding.PassedOver => "the execution passes over an older order at the same price, and the file does not say why; that order was moved behind",
        Finding.LevelCameIntoView => "a level came back into the file's levels with orders that no message had entered or removed; taken over from the orderbook file",
        Finding.RemovalOfUnseenOrder => "an order is removed that no message entered and the known book has no room for: it came deeper than the file's levels; nothing to remove",
        Finding.ExecutionOfUnseenOrder => "an order is reduced or hit that no message entered and the known book has no room for; it was entered just before",
        Finding.CrossingEntry => "the file rests an order across the spread; it waits outside the book until it can rest",
        Finding.ExecutionBehindBest => "an order was executed while a better price stood in the book",
        Finding.ExecutionHitAnother => "the incoming order hit another order than the one named",
        Finding.ContradictsOrder => "the message contradicts what the file said of the order before (number, price, side or size)",
        Finding.RefusedByExchange => "the exchange refused a command of the replay",
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    };

    /// <summary>Whether the finding follows from the data; anything else fails the replay.</summary>
    public static bool IsExplained(this Finding finding) => finding
        is not (Finding.UnequalRow or Finding.RowsMissing or Finding.ExecutionBehindBest or Finding.ExecutionHitAnother
            or Finding.ContradictsOrder or Finding.RefusedByExchange);

    /// <summary>Whether the finding is about rows that differ rather than about events.</summary>
    public static bool IsAboutRows(this Finding finding) => finding <= Finding.RowsMissing;
}
