using System.Diagnostics.Metrics;
using MyTradeX.Server.Platform.Observability;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Jobs;

/// <summary>What jobs come to, by kind.</summary>
internal sealed class JobMetrics : IDisposable
{
    readonly Meter _meter = new(ServerMetrics.Name);
    readonly Counter<long> _completed, _failed, _interrupted;
    readonly Histogram<double> _seconds;
    IReadOnlyList<JobCount> _counts = [];

    public JobMetrics()
    {
        _completed = _meter.CreateCounter<long>("mytradex.jobs.completed", "{job}", "Jobs done");
        _failed = _meter.CreateCounter<long>("mytradex.jobs.failed", "{try}", "Failed tries; final: whether the job was given up");
        _interrupted = _meter.CreateCounter<long>("mytradex.jobs.interrupted", "{try}", "Tries taken back from a server that died");
        _seconds = _meter.CreateHistogram<double>("mytradex.jobs.duration", "s", "How long tries took");
        _meter.CreateObservableGauge("mytradex.jobs.queued", () => Counts(JobStatuses.Queued), "{job}", "Jobs that wait, on all servers; some seconds old");
        _meter.CreateObservableGauge("mytradex.jobs.running", () => Counts(JobStatuses.Running), "{job}", "Jobs at work, on all servers; some seconds old");
    }

    public void Counted(IReadOnlyList<JobCount> counts) => _counts = counts;

    public void Completed(string kind, TimeSpan took)
    {
        _completed.Add(1, Kind(kind));
        _seconds.Record(took.TotalSeconds, Kind(kind));
    }

    public void Failed(string kind, TimeSpan took, bool isFinal)
    {
        _failed.Add(1, Kind(kind), new("final", isFinal));
        _seconds.Record(took.TotalSeconds, Kind(kind));
    }

    public void Interrupted(string kind) => _interrupted.Add(1, Kind(kind));

    public void Dispose() => _meter.Dispose();

    IEnumerable<Measurement<long>> Counts(string status) => _counts.Where(count => count.Status == status).Select(count => new Measurement<long>(count.Count, Kind(count.Kind)));

    static KeyValuePair<string, object?> Kind(string kind) => new("kind", kind);
}
