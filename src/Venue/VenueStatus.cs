namespace MyTradeX.Venue;

/// <summary>How the venue is doing.</summary>
/// <param name="Sequence">Commands applied.</param>
/// <param name="ProjectedSequence">Commands whose history is in SQL.</param>
/// <param name="QueuedCommands">Commands waiting for the sequencer.</param>
/// <param name="BacklogBytes">Events waiting for SQL.</param>
/// <param name="OpenOrders">Open orders.</param>
/// <param name="StoppedBecause">Why trading has stopped for good; null while it goes on.</param>
/// <param name="HistoryFailingBecause">Why history cannot be written now; null when it can.</param>
public sealed record VenueStatus(
    long Sequence, long ProjectedSequence, int QueuedCommands, long BacklogBytes, int OpenOrders, string? StoppedBecause, string? HistoryFailingBecause);
