using MyTradeX.Contracts;

namespace MyTradeX.Server.Platform.Envelope;

/// <summary>
/// What an endpoint answers. Endpoints are one-liners over these:
/// <c>Api.Ok(user)</c>, <c>Api.Created("/users/user-12", user)</c>, <c>Api.List(page)</c>, <c>Api.Done("…")</c>, <c>Api.NoContent()</c>, <c>Api.Refused(…)</c>.
/// The envelope, its version and its headers are the writer's business.
/// </summary>
internal static class Api
{
    public static ApiResult<T> Ok<T>(T data, Links? links = null) => new(StatusCodes.Status200OK, data) { Links = links };

    /// <summary>201 with <c>Location</c>.</summary>
    /// <param name="path">The new resource's address below <c>/api/v…</c>.</param>
    /// <param name="links">Only the address itself unless given.</param>
    /// <param name="sequence">The journal's sequence of a write.</param>
    /// <param name="replayed">Whether this answers a repetition.</param>
    public static ApiResult<T> Created<T>(string path, T data, Links? links = null, long? sequence = null, bool replayed = false) =>
        new(StatusCodes.Status201Created, data) { Location = path, Links = links, Sequence = sequence, Replayed = replayed };

    /// <summary>One page of a list.</summary>
    public static ApiResult<IReadOnlyList<T>> List<T>(IReadOnlyList<T> entries, Pagination pagination, Links? links = null) =>
        new(StatusCodes.Status200OK, entries) { Pagination = pagination, Links = links };

    /// <summary>Success without a payload, in a sentence.</summary>
    public static ApiResult<object?> Done(string message) => new(StatusCodes.Status200OK, null) { Message = message };

    /// <summary>202: it will be done, or not; in a sentence.</summary>
    public static ApiResult<object?> Accepted(string message) => new(StatusCodes.Status202Accepted, null) { Message = message };

    public static IResult NoContent() => TypedResults.NoContent();

    public static IResult Refused(Refusal refusal) => new RefusedResult(refusal);

    sealed class RefusedResult(Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => EnvelopeWriter.RefuseAsync(httpContext, refusal);
    }
}

/// <summary>Names and addresses below <c>/api/v…</c>; null where there is none.</summary>
internal sealed class Links : Dictionary<string, string?>;

/// <summary>A success on its way to the writer.</summary>
internal sealed record ApiResult<T>(int Status, T Data) : IResult
{
    public string? Message { get; init; }
    public Pagination? Pagination { get; init; }

    /// <summary>Null for none; for <c>self</c> alone where there is a <see cref="Location"/>.</summary>
    public Links? Links { get; init; }

    /// <summary>The new resource's address below <c>/api/v…</c>.</summary>
    public string? Location { get; init; }

    /// <summary>The journal's sequence of a write, for <c>X-Sequence</c>.</summary>
    public long? Sequence { get; init; }

    /// <summary>Whether this answers a repetition of a write that was carried out before, for <c>Idempotency-Replayed</c>.</summary>
    public bool Replayed { get; init; }

    /// <summary>How long a client may reuse this without asking; 0: ask each time, with <c>If-None-Match</c>. Null: never store it.</summary>
    public int? FreshSeconds { get; init; }

    /// <summary>Lets the client's own cache keep it: with an <c>ETag</c>, and unasked for so many seconds.</summary>
    public ApiResult<T> Cacheable(int freshSeconds = 0) => this with { FreshSeconds = freshSeconds };

    public Task ExecuteAsync(HttpContext httpContext) => EnvelopeWriter.WriteAsync(httpContext, this);
}
