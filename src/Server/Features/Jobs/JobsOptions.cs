using System.ComponentModel.DataAnnotations;

namespace MyTradeX.Server.Features.Jobs;

/// <summary>Section <c>Jobs</c>: the work behind the scenes. What a kind of job says for itself comes before these.</summary>
internal sealed class JobsOptions
{
    /// <summary>Jobs of one kind that this server runs at a time. Each kind has its own, so that a slow one holds nobody up.</summary>
    [Range(1, 100)]
    public int Concurrency { get; init; } = 5;

    /// <summary>Tries before a job is given up.</summary>
    [Range(1, 100)]
    public int Attempts { get; init; } = 3;

    /// <summary>Milliseconds between the first failed try and the second; each further wait is twice as long.</summary>
    [Range(1, 3_600_000)]
    public int BackoffMs { get; init; } = 2_000;

    /// <summary>Seconds after which a try that has not ended is broken off and counts as failed.</summary>
    [Range(1, 86_400)]
    public int TimeoutSeconds { get; init; } = 60;

    /// <summary>Completed jobs kept of each kind.</summary>
    [Range(0, 1_000_000)]
    public int CompletedKept { get; init; } = 100;

    /// <summary>Failed jobs kept of each kind, and as many that were cancelled.</summary>
    [Range(0, 1_000_000)]
    public int FailedKept { get; init; } = 500;

    /// <summary>Milliseconds between two looks for jobs that another server has enqueued. Those of this server are seen at once.</summary>
    [Range(10, 3_600_000)]
    public int PollMs { get; init; } = 5_000;

    /// <summary>Seconds after which the running jobs of a server that gives no sign of life are taken over by another.</summary>
    [Range(3, 3_600)]
    public int LeaseSeconds { get; init; } = 30;
}
