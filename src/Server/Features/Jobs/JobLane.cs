using System.Collections.Concurrent;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Jobs;

/// <summary>A kind of job as a lane runs it: name, policy, and the handler behind a payload that is still text.</summary>
internal sealed record JobWork(string Kind, JobPolicy Policy, Func<string, JobRun, CancellationToken, Task> Run);

/// <summary>
/// Runs the jobs of one kind, a few at a time: sleeps until one is due or enqueued, claims it, runs it, reports what it came to. What goes wrong
/// around a job – a database that does not answer – postpones and never ends the lane.
/// </summary>
internal sealed partial class JobLane(JobWork work, string owner, JobStore store, JobsOptions options, JobMetrics metrics, TimeProvider clock, ILogger log) : IDisposable
{
    // A report is tried again this often while the database does not answer: nobody else may run the job meanwhile.
    static readonly TimeSpan ReportAgain = TimeSpan.FromSeconds(1);

    // An error is shown to administrators; the end of a long stack tells them nothing.
    const int ErrorMax = 4_000;

    readonly int _concurrency = work.Policy.Concurrency ?? options.Concurrency;
    readonly int _attempts = work.Policy.Attempts ?? options.Attempts;
    readonly TimeSpan _timeout = work.Policy.Timeout ?? TimeSpan.FromSeconds(options.TimeoutSeconds);
    readonly ConcurrentDictionary<JobClaim, Running> _running = [];
    readonly SemaphoreSlim _wake = new(0);
    readonly CancellationTokenSource _abort = new();

    public string Kind => work.Kind;

    /// <summary>What is being worked on.</summary>
    public ICollection<JobClaim> Claims => _running.Keys;

    /// <summary>There may be something to do. Costs nothing, from any thread.</summary>
    public void Wake()
    {
        // One is enough; a second that slips in makes the lane look once for nothing.
        if (_wake.CurrentCount == 0)
            _wake.Release();
    }

    /// <summary>Claims and starts jobs until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
                await _wake.WaitAsync(await StartDueAsync(stopping), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end that was asked for.
        }
    }

    /// <summary>Waits until everything that runs has ended, within bounds.</summary>
    public Task EndAsync(CancellationToken cancellation) => Task.WhenAll(_running.Values.Select(running => running.Ended)).WaitAsync(cancellation);

    /// <summary>Breaks off what runs. It is not reported: it goes back to the queue.</summary>
    public void Abort() => _abort.Cancel();

    /// <summary>Breaks off the tries of jobs that are this worker's no longer; what they come to does not count.</summary>
    public void KeepOnly(Func<JobClaim, bool> isHeld)
    {
        foreach (var (claim, running) in _running)
        {
            if (!isHeld(claim))
                running.LetGo();
        }
    }

    public void Dispose()
    {
        _wake.Dispose();
        _abort.Dispose();
    }

    // How long the lane may sleep unless woken.
    async Task<TimeSpan> StartDueAsync(CancellationToken stopping)
    {
        var poll = TimeSpan.FromMilliseconds(options.PollMs);
        try
        {
            var free = _concurrency - _running.Count;
            // Whoever ends wakes the lane.
            if (free <= 0)
                return poll;
            var now = clock.GetUtcNow();
            if (await store.NextDueAsync(Kind, stopping) is not { } due)
                return poll;
            var wait = Micros.ToInstant(due) - now;
            if (wait > TimeSpan.Zero)
                return wait < poll ? wait : poll;
            // Not to be broken off: a claim that was made must be known.
            var claimed = await store.ClaimAsync(Kind, owner, Micros.From(now), Micros.From(now.AddSeconds(options.LeaseSeconds)), free, CancellationToken.None);
            foreach (var job in claimed)
                Start(job);
            return claimed.Count == 0 ? poll : TimeSpan.Zero;
        }
        catch (StoreUnavailableException unavailable)
        {
            Postponed(unavailable, Kind);
            return poll;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A bug of ours must not end the lane for good.
            LaneFailed(fault, Kind);
            return poll;
        }
    }

    void Start(JobRow job)
    {
        var running = new Running(_abort.Token);
        _running[job.Claim] = running;
        _ = Task.Run(async () =>
        {
            try
            {
                await RunOneAsync(job, running);
            }
            catch (Exception fault)
            {
                LaneFailed(fault, Kind);
            }
            finally
            {
                _running.TryRemove(job.Claim, out _);
                running.Finish();
                Wake();
            }
        });
    }

    async Task RunOneAsync(JobRow job, Running running)
    {
        var run = new JobRun(job.Id, (int)job.AttemptsNow, job.AttemptsNow >= _attempts, Micros.ToInstant(job.CreatedAt));
        var started = clock.GetTimestamp();
        try
        {
            running.CancelAfter(_timeout);
            await work.Run(job.Payload, run, running.Cancellation);
        }
        catch (Exception) when (running.IsLetGo)
        {
            LetGo(Ids.Job(job.Id), Kind);
            return;
        }
        catch (Exception) when (_abort.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault)
        {
            var reason = fault is OperationCanceledException && running.Cancellation.IsCancellationRequested
                ? new TimeoutException($"it did not end within {_timeout.TotalSeconds:0.###} seconds", fault)
                : fault;
            await FailAsync(job, run, reason, clock.GetElapsedTime(started));
            return;
        }
        metrics.Completed(Kind, clock.GetElapsedTime(started));
        await ReportAsync(job, () => store.CompleteAsync(job, Micros.Now(clock), options.CompletedKept));
        Completed(Ids.Job(job.Id), Kind, run.Attempt);
    }

    async Task FailAsync(JobRow job, JobRun run, Exception fault, TimeSpan took)
    {
        // The text may hold what the payload holds, so it goes to the job, where administrators find it, and its type alone into the log.
        var error = fault.ToString();
        if (error.Length > ErrorMax)
            error = error[..ErrorMax];
        var isFinal = fault is JobRejectedException || run.IsLast;
        metrics.Failed(Kind, took, isFinal);
        if (isFinal)
        {
            await ReportAsync(job, () => store.GiveUpAsync(job, error, Micros.Now(clock), options.FailedKept));
            GivenUp(Ids.Job(job.Id), Kind, run.Attempt, fault.GetType().Name);
            return;
        }
        var wait = fault is JobDelayedException { Wait: { } asked } ? asked : work.Policy.Backoff is { } backoff ? backoff(run.Attempt) : TimeSpan.FromMilliseconds(options.BackoffMs * Math.Pow(2, run.Attempt - 1));
        await ReportAsync(job, () => store.TryLaterAsync(job, error, Micros.From(clock.GetUtcNow() + wait)));
        TryFailed(Ids.Job(job.Id), Kind, run.Attempt, fault.GetType().Name, wait.TotalSeconds);
    }

    async Task ReportAsync(JobRow job, Func<Task<bool>> report)
    {
        while (true)
        {
            try
            {
                if (!await report())
                    LetGo(Ids.Job(job.Id), Kind);
                return;
            }
            catch (StoreUnavailableException unavailable) when (!_abort.IsCancellationRequested)
            {
                Postponed(unavailable, Kind);
                await Task.Delay(ReportAgain, clock, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Job} of kind {Kind} is done, at try {Attempt}")]
    partial void Completed(string job, string kind, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} of kind {Kind} failed at try {Attempt} ({Fault}); next try in {Seconds} s")]
    partial void TryFailed(string job, string kind, int attempt, string fault, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} of kind {Kind} was given up at try {Attempt} ({Fault}); /api/v1/admin/jobs has it")]
    partial void GivenUp(string job, string kind, int attempt, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} of kind {Kind} was cancelled or taken over; what its try came to does not count")]
    partial void LetGo(string job, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "jobs of kind {Kind} wait for the database")]
    partial void Postponed(Exception exception, string kind);

    [LoggerMessage(Level = LogLevel.Error, Message = "working on jobs of kind {Kind} failed")]
    partial void LaneFailed(Exception exception, string kind);

    /// <summary>A try under way.</summary>
    sealed class Running
    {
        readonly CancellationTokenSource _cancellation;
        readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Running(CancellationToken abort)
        {
            _cancellation = CancellationTokenSource.CreateLinkedTokenSource(abort);
            Cancellation = _cancellation.Token;
        }

        public CancellationToken Cancellation { get; }

        public bool IsLetGo { get; private set; }

        public Task Ended => _ended.Task;

        public void CancelAfter(TimeSpan timeout) => _cancellation.CancelAfter(timeout);

        public void LetGo()
        {
            IsLetGo = true;
            // Beside the end of the try, which may dispose the source.
            lock (_ended)
            {
                if (!_ended.Task.IsCompleted)
                    _cancellation.Cancel();
            }
        }

        public void Finish()
        {
            lock (_ended)
            {
                _ended.SetResult();
                _cancellation.Dispose();
            }
        }
    }
}
