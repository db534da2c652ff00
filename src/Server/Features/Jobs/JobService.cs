using System.Text.Json.Nodes;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Admin;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Jobs;

/// <summary>Shows jobs to administrators and lets them steer.</summary>
internal sealed class JobService(JobStore store, JobWorker worker, JobsOptions options, CursorCodec cursors, TimeProvider clock)
{
    public async Task<ApiResult<IReadOnlyList<JobDto>>> ListAsync(QueryReader query, IQueryCollection raw, CancellationToken cancellation)
    {
        var wanted = new JobQuery { Kind = query.Text("kind"), Status = query.Enum<JobStatus>("status") is { } status ? WireName.Of(status) : null };
        var page = PageRequest.From(query);
        var scope = $"jobs {wanted}";
        var cursor = page.OpenCursor<Cursor<TimeKey>>(cursors, scope, query.Faults);
        query.Faults.ThrowIfAny();
        var (rows, pagination) = await new StoredPages<JobRow, TimeKey>(cursors, scope).ReadAsync(
            page, cursor, (number, size) => store.ListAsync(wanted, number, size, cancellation), (place, size) => store.ListAsync(wanted, place, size, cancellation));
        return Api.List<JobDto>([.. rows.Select(Show)], pagination, page.Links("/admin/jobs", raw, pagination));
    }

    public async Task<JobDto> GetAsync(string id, CancellationToken cancellation) => Show(await store.GetAsync(Parse(id), cancellation) ?? throw NotFound());

    /// <exception cref="ApiException"><c>JOB_NOT_FOUND</c>, <c>JOB_STATE_CONFLICT</c></exception>
    public async Task<JobDto> RetryAsync(string id, CancellationToken cancellation) =>
        Show(Require(await store.RetryAsync(Parse(id), Micros.Now(clock), cancellation), "has not ended yet"));

    /// <inheritdoc cref="RetryAsync"/>
    public async Task<JobDto> CancelAsync(string id, CancellationToken cancellation)
    {
        var cancelled = Require(await store.CancelAsync(Parse(id), Micros.Now(clock), options.FailedKept, cancellation), "has ended already");
        worker.Cancelled(cancelled);
        return Show(cancelled);
    }

    public static JobDto Show(JobRow row) => new()
    {
        Id = Ids.Job(row.Id),
        Kind = row.Kind,
        Status = WireName.TryParse<JobStatus>(row.Status, out var status) ? status : throw new InvalidDataException($"the store holds '{row.Status}' as a job's status"),
        Attempts = row.Attempts,
        Interruptions = row.Interruptions,
        UniqueKey = row.UniqueKey,
        RunAt = Micros.ToInstant(row.DueAt),
        CreatedAt = Micros.ToInstant(row.CreatedAt),
        StartedAt = Micros.ToInstant(row.StartedAt),
        FinishedAt = Micros.ToInstant(row.FinishedAt),
        Error = row.Error,
        Payload = JsonNode.Parse(row.Payload) as JsonObject,
    };

    static JobRow Require(JobOutcome outcome, string otherwise) => outcome.Change switch
    {
        JobChange.Done => outcome.Job!,
        JobChange.NotFound => throw NotFound(),
        _ => throw new ApiException(ErrorCode.JobStateConflict, $"{Ids.Job(outcome.Job!.Id)} {otherwise}: it is {outcome.Job.Status}.", new() { Field = "status", Observed = outcome.Job.Status }),
    };

    static long Parse(string id) => Ids.TryParse(id, "job", out var number) ? number : throw NotFound();

    static ApiException NotFound() => new(ErrorCode.JobNotFound, ErrorCode.JobNotFound.Meaning);
}
