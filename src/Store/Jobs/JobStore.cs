namespace MyTradeX.Store;

/// <summary>
/// The durable queue. A job is there once the transaction that enqueued it is; from then on it is tried until it is done, given up or
/// cancelled. A worker claims what is due, and the claim is a lease: it holds until <see cref="JobRow.LeaseUntil"/>, which the worker moves on while it
/// lives. What a worker reports about a job counts only while the claim is still its own. Every write is on disk when its method returns.
/// </summary>
public sealed class JobStore(Database database)
{
    private const string IsQueued = "status = 'QUEUED'";
    private const string IsRunning = "status = 'RUNNING'";
    private const string IsFinished = "status IN ('COMPLETED', 'FAILED', 'CANCELLED')";

    // The claim's worker, and no later claim even of the same worker.
    private const string IsOwn = $"id = @Id AND {IsRunning} AND owner = @Owner AND attempts + interruptions = @Number";

    private static readonly Listing<JobRow, TimeKey> Newest =
        new("SELECT * FROM jobs", ["created_at", "id"], descending: true, job => new TimeKey(job.CreatedAt, job.Id), key => [key.Time, key.Id]);

    /// <summary>
    /// Raised after a transaction with new jobs, or with jobs to be tried again, has been committed by this process; tells their kinds. On the thread
    /// that committed: a handler must be quick and must not throw.
    /// </summary>
    public event Action<IReadOnlyCollection<string>>? Enqueued
    {
        add => database.JobsEnqueued += value;
        remove => database.JobsEnqueued -= value;
    }

    /// <summary>Enqueues one job in a transaction of its own.</summary>
    /// <param name="job">The job.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The job; the one that is there already where one with its unique key is.</returns>
    public Task<JobRow> EnqueueAsync(NewJob job, long now, CancellationToken cancellation = default) =>
        database.WriteAsync(session => EnqueueAsync(session, job, now), cancellation);

    /// <summary>Enqueues a job as part of a transaction: it is there if, and only if, everything else in it is.</summary>
    /// <inheritdoc cref="EnqueueAsync(NewJob, long, CancellationToken)"/>
    internal static async Task<JobRow> EnqueueAsync(Session session, NewJob job, long now)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentException.ThrowIfNullOrEmpty(job.Kind);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(job.Payload.Length, NewJob.PayloadMax, nameof(job));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(job.UniqueKey?.Length ?? 0, NewJob.UniqueKeyMax, nameof(job));
        var made = await session.FirstAsync<JobRow>(
            $"""
            INSERT INTO jobs (kind, unique_key, payload, status, attempts, interruptions, attempts_before, due_at, created_at)
            VALUES (@Kind, @UniqueKey, @Payload, '{JobStatuses.Queued}', 0, 0, 0, @due, @now)
            ON CONFLICT (kind, unique_key) WHERE unique_key IS NOT NULL DO NOTHING
            RETURNING *
            """,
            new { job.Kind, job.UniqueKey, job.Payload, due = job.RunAt ?? now, now });
        if (made is null)
            return (await session.FirstAsync<JobRow>("SELECT * FROM jobs WHERE kind = @Kind AND unique_key = @UniqueKey", new { job.Kind, job.UniqueKey }))!;
        session.JobsEnqueued(job.Kind);
        return made;
    }

    /// <summary>When the next job of a kind is due; null when none is queued.</summary>
    public Task<long?> NextDueAsync(string kind, CancellationToken cancellation = default) =>
        database.ReadAsync(session => session.FirstAsync<long?>($"SELECT MIN(due_at) FROM jobs WHERE {IsQueued} AND kind = @kind", new { kind }), cancellation);

    /// <summary>Claims jobs that are due, the longest due first. Of several workers at once each job goes to one.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="owner">The worker's name, its own at every start of its process.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="leaseUntil">Until when the claim holds unless renewed.</param>
    /// <param name="max">Most jobs.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<List<JobRow>> ClaimAsync(string kind, string owner, long now, long leaseUntil, int max, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async session =>
            {
                var claimed = await session.ListAsync<JobRow>(
                    $"""
                    UPDATE jobs SET status = '{JobStatuses.Running}', attempts = attempts + 1, owner = @owner, lease_until = @leaseUntil, started_at = @now
                    WHERE id IN (SELECT id FROM jobs WHERE {IsQueued} AND kind = @kind AND due_at <= @now ORDER BY due_at, id LIMIT @max {database.Dialect.ForUpdateSkippingLocked})
                    RETURNING *
                    """,
                    new { kind, owner, now, leaseUntil, max = (long)max });
                // Which of the rows an UPDATE gives back first is the database's choice.
                claimed.Sort((one, other) => (one.DueAt, one.Id).CompareTo((other.DueAt, other.Id)));
                return claimed;
            },
            cancellation);

    /// <summary>Moves the leases on of what a worker is at. A claim that it does not know of, since it never heard that it was made, runs out.</summary>
    /// <returns>The claims that the worker still holds; of any other it must let go.</returns>
    public Task<List<JobClaim>> RenewAsync(string owner, IEnumerable<long> ids, long leaseUntil, CancellationToken cancellation = default) =>
        database.WriteAsync(
            session => session.ListAsync<JobClaim>(
                $"""
                UPDATE jobs SET lease_until = @leaseUntil WHERE {IsRunning} AND owner = @owner AND {database.Dialect.In("id", "ids")}
                RETURNING id, attempts + interruptions AS number
                """,
                new { owner, ids = ids.ToArray(), leaseUntil }),
            cancellation);

    /// <summary>Reports a job as done and lets go of finished jobs of its kind beyond those to be kept.</summary>
    /// <param name="claimed">The job as it was claimed.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="kept">How many completed jobs of the kind are kept.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False when the claim was lost: the report does not count.</returns>
    public Task<bool> CompleteAsync(JobRow claimed, long now, int kept, CancellationToken cancellation = default) =>
        FinishAsync(claimed, JobStatuses.Completed, null, now, kept, cancellation);

    /// <summary>Gives a job up: a dead letter.</summary>
    /// <param name="claimed">The job as it was claimed.</param>
    /// <param name="error">Why.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="kept">How many failed jobs of the kind are kept.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False when the claim was lost: the report does not count.</returns>
    public Task<bool> GiveUpAsync(JobRow claimed, string error, long now, int kept, CancellationToken cancellation = default) =>
        FinishAsync(claimed, JobStatuses.Failed, error, now, kept, cancellation);

    /// <summary>Reports a failed try after which there will be another.</summary>
    /// <returns>False when the claim was lost: the report does not count.</returns>
    public Task<bool> TryLaterAsync(JobRow claimed, string error, long dueAt, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        return database.WriteAsync(
            async session => await session.ExecuteAsync(
                $"UPDATE jobs SET status = '{JobStatuses.Queued}', due_at = @dueAt, error = @error, owner = NULL, lease_until = NULL WHERE {IsOwn}",
                new { claimed.Id, claimed.Owner, claimed.Claim.Number, dueAt, error }) == 1,
            cancellation);
    }

    /// <summary>Gives claimed jobs back that their worker cannot see to an end, as if they had not been tried. For a worker that stops.</summary>
    /// <returns>How many.</returns>
    public Task<int> GiveBackAsync(string owner, CancellationToken cancellation = default) =>
        database.WriteAsync(
            session => session.ExecuteAsync(
                $"UPDATE jobs SET status = '{JobStatuses.Queued}', attempts = attempts - 1, interruptions = interruptions + 1, owner = NULL, lease_until = NULL WHERE {IsRunning} AND owner = @owner",
                new { owner }),
            cancellation);

    /// <summary>
    /// Takes jobs back from workers that died. They are due again at once, and the lost try does not count as one; but a job that was running
    /// each of <paramref name="interruptionsMax"/> times its server died is likely why, and is given up.
    /// </summary>
    /// <param name="self">The worker that asks; of its own, too, what it does not keep alive is taken back.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="isAlone">Whether no other worker can be alive, so that nobody else's lease means anything.</param>
    /// <param name="interruptionsMax">At least 1.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The jobs taken back, as they are now.</returns>
    public Task<List<JobRow>> TakeBackAsync(string self, long now, bool isAlone, int interruptionsMax, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async session =>
            {
                var taken = await session.ListAsync<JobRow>(
                    $"""
                    UPDATE jobs
                    SET attempts = attempts - 1, interruptions = interruptions + 1, owner = NULL, lease_until = NULL,
                        status = CASE WHEN interruptions + 1 >= @max THEN '{JobStatuses.Failed}' ELSE '{JobStatuses.Queued}' END,
                        finished_at = CASE WHEN interruptions + 1 >= @max THEN @now ELSE NULL END,
                        error = CASE WHEN interruptions + 1 >= @max THEN @error ELSE error END
                    WHERE {IsRunning} AND (lease_until <= @now OR (@isAlone AND owner <> @self))
                    RETURNING *
                    """,
                    new { self, now, isAlone, max = (long)interruptionsMax, error = $"it was running each of the {interruptionsMax} times its server died" });
                foreach (var kind in taken.Select(job => job.Kind).Distinct())
                    session.JobsEnqueued(kind);
                return taken;
            },
            cancellation);

    /// <summary>The job with this id, or null.</summary>
    public Task<JobRow?> GetAsync(long id, CancellationToken cancellation = default) => database.ReadAsync(session => FindAsync(session, id), cancellation);

    /// <summary>A numbered page of jobs, newest first.</summary>
    /// <param name="query">Filters.</param>
    /// <param name="page">From 1.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Page<JobRow>> ListAsync(JobQuery query, int page, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.PageAsync(session, FilterOf(query), page, size), cancellation);

    /// <summary>A page of jobs by cursor, newest first; null starts at the top.</summary>
    /// <param name="query">Filters; the same for every page of a walk.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<CursorPage<JobRow, TimeKey>> ListAsync(JobQuery query, Cursor<TimeKey>? cursor, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.CursorPageAsync(session, FilterOf(query), cursor, size), cancellation);

    /// <summary>How many jobs there are, by kind and state.</summary>
    public Task<List<JobCount>> CountAsync(CancellationToken cancellation = default) =>
        database.ReadAsync(
            async session => (await session.ListAsync<Counted>("SELECT kind, status, COUNT(*) AS number, MIN(due_at) AS oldest FROM jobs GROUP BY kind, status"))
                .ConvertAll(row => new JobCount(row.Kind, row.Status, row.Number, row.Oldest)),
            cancellation);

    /// <summary>Enqueues a finished job afresh, whatever it came to: due now, with its tries before it.</summary>
    public Task<JobOutcome> RetryAsync(long id, long now, CancellationToken cancellation = default) =>
        SteerAsync(
            id,
            $"UPDATE jobs SET status = '{JobStatuses.Queued}', due_at = @now, attempts_before = attempts, finished_at = NULL WHERE id = @id AND {IsFinished} RETURNING *",
            now,
            null,
            cancellation);

    /// <summary>Cancels a job that is queued or running. What a running one has done by then is done; its report no longer counts.</summary>
    /// <param name="id">The job.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="kept">How many cancelled jobs of the kind are kept.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<JobOutcome> CancelAsync(long id, long now, int kept, CancellationToken cancellation = default) =>
        SteerAsync(
            id,
            $"UPDATE jobs SET status = '{JobStatuses.Cancelled}', finished_at = @now, owner = NULL, lease_until = NULL WHERE id = @id AND ({IsQueued} OR {IsRunning}) RETURNING *",
            now,
            kept,
            cancellation);

    private Task<JobOutcome> SteerAsync(long id, string update, long now, int? kept, CancellationToken cancellation) =>
        database.WriteAsync(
            async session =>
            {
                if (await session.FirstAsync<JobRow>(update, new { id, now }) is { } changed)
                {
                    session.JobsEnqueued(changed.Kind);
                    if (kept is { } some)
                        await LetGoAsync(session, changed.Kind, changed.Status, some);
                    return new JobOutcome(JobChange.Done, changed);
                }

                var present = await FindAsync(session, id);
                return new JobOutcome(present is null ? JobChange.NotFound : JobChange.WrongState, present);
            },
            cancellation);

    private Task<bool> FinishAsync(JobRow claimed, string status, string? error, long now, int kept, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(claimed);
        return database.WriteAsync(
            async session =>
            {
                if (await session.ExecuteAsync(
                    $"UPDATE jobs SET status = @status, error = @error, finished_at = @now, owner = NULL, lease_until = NULL WHERE {IsOwn}",
                    new { claimed.Id, claimed.Owner, claimed.Claim.Number, status, error, now }) == 0)
                    return false;
                await LetGoAsync(session, claimed.Kind, status, kept);
                return true;
            },
            cancellation);
    }

    // A hundred at most: after a change of the setting the surplus goes with the next jobs.
    private static Task<int> LetGoAsync(Session session, string kind, string status, int kept) => session.ExecuteAsync(
        $"""
        DELETE FROM jobs WHERE id IN
            (SELECT id FROM jobs WHERE {IsFinished} AND kind = @kind AND status = @status ORDER BY finished_at DESC, id DESC LIMIT 100 OFFSET @kept)
        """,
        new { kind, status, kept = (long)kept });

    private static Task<JobRow?> FindAsync(Session session, long id) => session.FirstAsync<JobRow>("SELECT * FROM jobs WHERE id = @id", new { id });

    private static Filter FilterOf(JobQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new Filter().WhereGiven("kind = @kind", "kind", query.Kind).WhereGiven("status = @status", "status", query.Status);
    }

    private sealed record Counted
    {
        public string Kind { get; init; } = "";

        public string Status { get; init; } = "";

        public long Number { get; init; }

        public long Oldest { get; init; }
    }
}
