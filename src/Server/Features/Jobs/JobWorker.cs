using Microsoft.Extensions.Options;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Jobs;

/// <summary>
/// Runs every kind of job in a lane of its own, keeps their claims alive, and takes over from servers that died: at the start where the database is
/// this process's alone, and whenever a lease runs out where several share it.
/// </summary>
internal sealed partial class JobWorker(
    IEnumerable<JobWork> works, JobStore store, Database database, JobsOptions options, JobMetrics metrics, IOptions<HostOptions> host, TimeProvider clock, ILoggerFactory logs) : IHostedService, IDisposable
{
    // A job that was running this often when its server died is likely why. A machine that is switched off daily does not get there by chance.
    const int InterruptionsMax = 20;

    // Of the host's time to stop: what jobs may take to end by themselves, and then to notice that they are broken off. The rest is the venue's, which stops after
    // this; a host whose time is up calls nobody any more.
    const double ToEnd = 0.7, ToBreakOff = 0.1;

    readonly string _owner = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():n}";
    readonly ILogger<JobWorker> _log = logs.CreateLogger<JobWorker>();
    readonly CancellationTokenSource _stopping = new();
    readonly List<Task> _loops = [];
    Dictionary<string, JobLane> _lanes = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _lanes = works.ToDictionary(work => work.Kind, work => new JobLane(work, _owner, store, options, metrics, clock, logs.CreateLogger<JobLane>()));
        // Nobody else works in a database that is this process's alone: whoever holds a claim there is dead.
        await TakeBackAsync(isAlone: !database.IsShared, cancellationToken);
        store.Enqueued += Wake;
        foreach (var lane in _lanes.Values)
            _loops.Add(Task.Run(() => lane.RunAsync(_stopping.Token), CancellationToken.None));
        _loops.Add(Task.Run(KeepAsync, CancellationToken.None));
    }

    /// <summary>Claims no more, lets what runs come to its end for most of the host's time, then breaks it off and gives it back.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        store.Enqueued -= Wake;
        await _stopping.CancelAsync();
        await Task.WhenAll(_loops);
        if (!await EndAsync(ToEnd, cancellationToken))
        {
            foreach (var lane in _lanes.Values)
                lane.Abort();
            await EndAsync(ToBreakOff, cancellationToken);
        }
        try
        {
            // Of a server that could not be stopped in time, or whose reports the database did not take.
            if (await store.GiveBackAsync(_owner, CancellationToken.None) is > 0 and var left)
                GaveBack(left);
        }
        catch (StoreUnavailableException unavailable)
        {
            // The next start, or another server once the leases have run out, takes them back.
            NotGivenBack(unavailable);
        }
    }

    /// <summary>Breaks a job off that was just cancelled, should it run here.</summary>
    public void Cancelled(JobRow job)
    {
        if (_lanes.TryGetValue(job.Kind, out var lane))
            lane.KeepOnly(claim => claim.Id != job.Id);
    }

    public void Dispose()
    {
        store.Enqueued -= Wake;
        foreach (var lane in _lanes.Values)
            lane.Dispose();
        _stopping.Dispose();
    }

    void Wake(IReadOnlyCollection<string> kinds)
    {
        foreach (var kind in kinds)
        {
            if (_lanes.TryGetValue(kind, out var lane))
                lane.Wake();
        }
    }

    async Task<bool> EndAsync(double share, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(host.Value.ShutdownTimeout * share);
        try
        {
            await Task.WhenAll(_lanes.Values.Select(lane => lane.EndAsync(limit.Token)));
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // Three signs of life a lease, so that one may be lost.
    async Task KeepAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.LeaseSeconds / 3.0), clock);
        using var ending = _stopping.Token.Register(timer.Dispose);
        do
        {
            try
            {
                await RenewAsync();
                await TakeBackAsync(isAlone: false, CancellationToken.None);
                metrics.Counted(await store.CountAsync());
            }
            catch (StoreUnavailableException unavailable)
            {
                NotKept(unavailable);
            }
            catch (Exception fault)
            {
                KeepingFailed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(CancellationToken.None));
    }

    async Task RenewAsync()
    {
        // What is claimed from here on is not in the answer, and is not to be taken for lost.
        var before = _lanes.Values.SelectMany(lane => lane.Claims).ToHashSet();
        if (before.Count == 0)
            return;
        var held = (await store.RenewAsync(_owner, before.Select(claim => claim.Id), Micros.From(clock.GetUtcNow().AddSeconds(options.LeaseSeconds)))).ToHashSet();
        foreach (var lane in _lanes.Values)
            lane.KeepOnly(claim => held.Contains(claim) || !before.Contains(claim));
    }

    async Task TakeBackAsync(bool isAlone, CancellationToken cancellation)
    {
        foreach (var job in await store.TakeBackAsync(_owner, Micros.Now(clock), isAlone, InterruptionsMax, cancellation))
        {
            metrics.Interrupted(job.Kind);
            if (job.Status == JobStatuses.Failed)
                DiedTooOften(Ids.Job(job.Id), job.Kind, job.Interruptions);
            else
                TakenBack(Ids.Job(job.Id), job.Kind);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} of kind {Kind} was running when its server ended; it runs again")]
    partial void TakenBack(string job, string kind);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} of kind {Kind} was running each of {Times} times its server died, and was given up")]
    partial void DiedTooOften(string job, string kind, long times);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} jobs did not end in time and went back to the queue")]
    partial void GaveBack(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "jobs that did not end in time could not be given back; they are taken over")]
    partial void NotGivenBack(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the claims of running jobs could not be renewed")]
    partial void NotKept(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "keeping the claims of jobs failed")]
    partial void KeepingFailed(Exception exception);
}
