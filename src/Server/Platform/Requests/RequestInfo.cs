namespace MyTradeX.Server.Platform.Requests;

/// <summary>What the platform knows of a request before any feature sees it.</summary>
internal sealed class RequestInfo
{
    /// <summary>The id given back in <c>X-Request-ID</c>, the envelope, logs and traces.</summary>
    public required string Id { get; init; }

    /// <summary>The API version that answers: 1 or 2.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Whether refusals are RFC 9457 problems rather than envelopes.</summary>
    public bool AnswersProblems { get; set; }

    /// <summary>Before links and <c>Location</c>: the base path under which this version lives.</summary>
    public string Prefix => Version == 1 ? "/api/v1" : "/api/v2";
}

internal static class RequestInfoExtensions
{
    /// <summary>What is known of this request; <see cref="RequestIds"/> put it there first thing.</summary>
    public static RequestInfo Info(this HttpContext context) =>
        context.Features.Get<RequestInfo>() ?? throw new InvalidOperationException("The request id middleware has not run.");
}
