using System.Diagnostics.Metrics;
using MyTradeX.Venue.Reconciliation;

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
    static readonly Counter<long> Reconciliations = Meter.CreateCounter<long>("mytradex.reconciliation.runs", "{run}", "Comparisons of the books that came to their end");
    static readonly Histogram<double> ReconciliationSeconds = Meter.CreateHistogram<double>("mytradex.reconciliation.duration", "s", "Time to compare the books");
    static readonly Gauge<long> ReconciliationFindings = Meter.CreateGauge<long>("mytradex.reconciliation.findings", "{finding}", "What did not agree in the last comparison of the books; 0 is all well");
    static readonly Gauge<long> ReconciliationSequence = Meter.CreateGauge<long>("mytradex.reconciliation.sequence", "{command}", "Sequence of the last comparison of the books");
    static readonly Gauge<long> ReconciliationTime = Meter.CreateGauge<long>("mytradex.reconciliation.time", "s", "When the last comparison of the books began, seconds since 1970 UTC");

    internal static void Reconciled(ReconciliationResult result)
    {
        Reconciliations.Add(1);
        ReconciliationSeconds.Record(result.Duration.TotalSeconds);
        ReconciliationFindings.Record(result.FindingCount);
        ReconciliationSequence.Record(result.Sequence);
        ReconciliationTime.Record(result.StartedAt.ToUnixTimeSeconds());
    }
}
