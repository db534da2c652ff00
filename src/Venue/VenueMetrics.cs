using System.Diagnostics.Metrics;

namespace MyTradeX.Venue;

/// <summary>What the venue measures of itself, under the meter <c>MyTradeX.Venue</c>.</summary>
public static class VenueMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "MyTradeX.Venue";

    static readonly Meter Meter = new(MeterName);

    internal static readonly Counter<long> Commands = Meter.CreateCounter<long>("mytradex.commands", "{command}", "Commands made durable and applied");
    internal static readonly Histogram<int> BatchCommands = Meter.CreateHistogram<int>("mytradex.journal.batch", "{command}", "Commands in one journal batch");
    internal static readonly Histogram<double> CommitSeconds = Meter.CreateHistogram<double>("mytradex.journal.commit", "s", "Time to make a batch durable");
    internal static readonly Histogram<double> ProjectionSeconds = Meter.CreateHistogram<double>("mytradex.projection.write", "s", "Time to write a batch to SQL");
    internal static readonly Counter<long> SnapshotsTaken = Meter.CreateCounter<long>("mytradex.snapshots", "{snapshot}", "Snapshots taken");
}
