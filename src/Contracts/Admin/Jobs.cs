using System.Text.Json.Nodes;

namespace MyTradeX.Contracts.Admin;

/// <summary>What has become of a job.</summary>
public enum JobStatus
{
    /// <summary>Waits for its time or for a free worker.</summary>
    Queued,
    /// <summary>A worker is at it.</summary>
    Running,
    /// <summary>Done.</summary>
    Completed,
    /// <summary>Given up after its last try: a dead letter.</summary>
    Failed,
    /// <summary>An administrator decided that it is not to be done.</summary>
    Cancelled,
}

/// <summary>Work that the server does behind the scenes.</summary>
public sealed record JobDto
{
    /// <summary><c>job-12</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What kind of work, such as <c>mail</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What has become of it.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>Tries begun, in all.</summary>
    public required long Attempts { get; init; }

    /// <summary>Tries that were cut off because their server ended; these are repeated and not counted as tries.</summary>
    public required long Interruptions { get; init; }

    /// <summary>Names the work among its kind, where it may be asked for twice and is to be done once.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>Not tried before.</summary>
    public required DateTimeOffset RunAt { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last try began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was done, given up or cancelled.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why the last try failed.</summary>
    public string? Error { get; init; }

    /// <summary>What the work needs to know. May hold personal data.</summary>
    public JsonObject? Payload { get; init; }
}
