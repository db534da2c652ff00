using System.Text.Json;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Jobs;

/// <summary>What one kind of job has otherwise than <see cref="JobsOptions"/> says.</summary>
internal sealed record JobPolicy
{
    public int? Concurrency { get; init; }

    public int? Attempts { get; init; }

    public TimeSpan? Timeout { get; init; }

    /// <summary>The wait after so many failed tries; twice as long each time from <see cref="JobsOptions.BackoffMs"/> unless set.</summary>
    public Func<int, TimeSpan>? Backoff { get; init; }
}

/// <summary>A kind of job: its name in the queue, which never changes once jobs are stored under it, and the record that says what to do.</summary>
/// <typeparam name="TPayload">A record that survives JSON.</typeparam>
internal sealed record JobKind<TPayload>(string Name) where TPayload : class
{
    public JobPolicy Policy { get; init; } = new();

    /// <summary>A job to be enqueued, by <see cref="JobStore.EnqueueAsync(NewJob, long, CancellationToken)"/> or along with the rows that cause it.</summary>
    /// <param name="runAt">Not tried before; null: as soon as may be.</param>
    /// <param name="uniqueKey">See <see cref="NewJob.UniqueKey"/>.</param>
    public NewJob Job(TPayload payload, DateTimeOffset? runAt = null, string? uniqueKey = null) =>
        new(Name, JsonSerializer.Serialize(payload, WireJson.Options)) { RunAt = runAt is { } at ? Micros.From(at) : null, UniqueKey = uniqueKey };

    /// <exception cref="JobRejectedException">It is not this kind's.</exception>
    public static TPayload Read(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<TPayload>(payload, WireJson.Options) ?? throw new JobRejectedException("its payload is null");
        }
        catch (JsonException unreadable)
        {
            throw new JobRejectedException("its payload cannot be read", unreadable);
        }
    }
}

/// <summary>Does one kind of job. A try may be repeated after it has had its effect – a server may die before it can say so – so the effect must bear that.</summary>
internal interface IJobHandler<in TPayload> where TPayload : class
{
    /// <summary>Does the work; whatever it throws is a failed try. <see cref="JobRejectedException"/> is the last one.</summary>
    /// <param name="cancellation">Ends a try that takes too long, that was cancelled, or whose server stops.</param>
    Task RunAsync(TPayload payload, JobRun run, CancellationToken cancellation);
}

/// <summary>One try of a job.</summary>
/// <param name="Id">The job's number: the same at every try.</param>
/// <param name="Attempt">From 1; begins again when an administrator asks for the job to be tried again.</param>
/// <param name="IsLast">Whether a failure now is final.</param>
/// <param name="CreatedAt">When the job was asked for.</param>
internal sealed record JobRun(long Id, int Attempt, bool IsLast, DateTimeOffset CreatedAt);

/// <summary>No further try would end otherwise.</summary>
internal sealed class JobRejectedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The try failed; the next one is not due before the time that was asked for.</summary>
/// <param name="wait">From now; null: as the kind has it.</param>
internal sealed class JobDelayedException(string message, TimeSpan? wait) : Exception(message)
{
    public TimeSpan? Wait { get; } = wait;
}
