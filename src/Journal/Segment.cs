using MyTradeX.Journal.Format;

namespace MyTradeX.Journal;

/// <summary>A segment file of an open log.</summary>
sealed record Segment(string Name, SegmentHeader Header)
{
    public long First => Header.First;
}
