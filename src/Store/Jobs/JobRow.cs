namespace MyTradeX.Store;

/// <summary>A job as stored. Times are microseconds since 1970-01-01 UTC.</summary>
public sealed record JobRow
{
    /// <summary>Counted up by the database, never given twice.</summary>
    public long Id { get; init; }

    /// <summary>Which handler runs it.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Names the work among its kind; null where nothing keeps it from being asked for twice.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>What the handler needs to know, as JSON. May hold personal data: never log it.</summary>
    public string Payload { get; init; } = "";

    /// <summary>One of <see cref="JobStatuses"/>.</summary>
    public string Status { get; init; } = "";

    /// <summary>Tries begun, the running one included; those left out that ended with their server.</summary>
    public long Attempts { get; init; }

    /// <summary>Tries that ended with their server, before the handler had come to an end.</summary>
    public long Interruptions { get; init; }

    /// <summary>How many of <see cref="Attempts"/> were made before somebody asked for the job to be tried again.</summary>
    public long AttemptsBefore { get; init; }

    /// <summary>Not tried before.</summary>
    public long DueAt { get; init; }

    /// <summary>The process that runs it, while it runs.</summary>
    public string? Owner { get; init; }

    /// <summary>Until when its process has promised to be alive, while it runs.</summary>
    public long? LeaseUntil { get; init; }

    /// <summary>Why the last try failed.</summary>
    public string? Error { get; init; }

    /// <summary>When it was asked for.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When the last try began.</summary>
    public long? StartedAt { get; init; }

    /// <summary>When it was done, given up or cancelled.</summary>
    public long? FinishedAt { get; init; }

    /// <summary>Tries since the job was enqueued or last asked to be tried again.</summary>
    public long AttemptsNow => Attempts - AttemptsBefore;

    /// <summary>Names the claim by which the job runs.</summary>
    public JobClaim Claim => new(Id, Attempts + Interruptions);
}

/// <summary>One claim of one job by a worker.</summary>
/// <param name="Id">The job.</param>
/// <param name="Number">Rises with each claim of the job.</param>
public readonly record struct JobClaim(long Id, long Number);

/// <summary>The states of a job, by their wire names.</summary>
public static class JobStatuses
{
    /// <summary>Waits for its time or for a free worker.</summary>
    public const string Queued = "QUEUED";

    /// <summary>A worker is at it.</summary>
    public const string Running = "RUNNING";

    /// <summary>Done.</summary>
    public const string Completed = "COMPLETED";

    /// <summary>Given up: a dead letter.</summary>
    public const string Failed = "FAILED";

    /// <summary>Somebody decided that it is not to be done.</summary>
    public const string Cancelled = "CANCELLED";
}

/// <summary>Work to be done after the transaction that asks for it.</summary>
/// <param name="Kind">Which handler runs it.</param>
/// <param name="Payload">What the handler needs to know, as a JSON object of at most <see cref="PayloadMax"/> characters.</param>
public sealed record NewJob(string Kind, string Payload)
{
    /// <summary>Longest payload in characters. A job says what to do; large things are stored elsewhere and named.</summary>
    public const int PayloadMax = 64 * 1024;

    /// <summary>Longest unique key in characters.</summary>
    public const int UniqueKeyMax = 200;

    /// <summary>Not to be tried before, in microseconds since 1970-01-01 UTC; null: as soon as may be.</summary>
    public long? RunAt { get; init; }

    /// <summary>
    /// Names the work among its kind. While a job with this key is kept, in whatever state, no second one is enqueued. Finished jobs are kept
    /// by number: what must never happen twice needs a mark of its own beside the rows that it changes.
    /// </summary>
    public string? UniqueKey { get; init; }
}

/// <summary>Which jobs to list. Null leaves a filter out.</summary>
public sealed record JobQuery
{
    /// <summary>Exact kind.</summary>
    public string? Kind { get; init; }

    /// <summary>One of <see cref="JobStatuses"/>.</summary>
    public string? Status { get; init; }
}

/// <summary>How many jobs of a kind are in a state.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Status">One of <see cref="JobStatuses"/>.</param>
/// <param name="Count">At least 1.</param>
/// <param name="OldestDueAt">The earliest due time among them.</param>
public sealed record JobCount(string Kind, string Status, long Count, long OldestDueAt);

/// <summary>How a steering of a job ended.</summary>
public enum JobChange
{
    /// <summary>Done; the row is the new one.</summary>
    Done,

    /// <summary>There is no such job.</summary>
    NotFound,

    /// <summary>The job's state does not allow it; the row is the present one.</summary>
    WrongState,
}

/// <summary>The outcome of steering a job.</summary>
/// <param name="Change">How it ended.</param>
/// <param name="Job">The job now; null when there is none.</param>
public sealed record JobOutcome(JobChange Change, JobRow? Job);
