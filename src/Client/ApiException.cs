using System.Net;
using MyTradeX.Contracts;

namespace MyTradeX.Client;

/// <summary>The server answered, and said no.</summary>
public sealed class ApiException : Exception
{
    internal ApiException(HttpStatusCode status, ApiError error, string requestId, TimeSpan? retryAfter)
        : base(error.Message)
    {
        Status = status;
        Code = error.Code;
        Details = error.Details;
        RequestId = requestId;
        RetryAfter = retryAfter;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The wire name of an <see cref="ErrorCode"/>; <c>HTTP_502</c> and the like when something between here and the server answered.</summary>
    public string Code { get; }

    /// <summary>The refusal told to a program: field, limit, observed and suggested values.</summary>
    public ErrorDetails? Details { get; }

    /// <summary>The id to quote when asking about this request.</summary>
    public string RequestId { get; }

    /// <summary>How long the server asks to wait, where it does.</summary>
    public TimeSpan? RetryAfter { get; }
}

/// <summary>The server did not answer.</summary>
public sealed class ApiUnreachableException : Exception
{
    internal ApiUnreachableException(string message, string requestId, bool isOutcomeUnknown, Exception cause)
        : base(message, cause)
    {
        RequestId = requestId;
        IsOutcomeUnknown = isOutcomeUnknown;
    }

    /// <summary>The id the request was sent with.</summary>
    public string RequestId { get; }

    /// <summary>
    /// Whether the server may have carried the request out. A write is then best repeated with the same idempotency key or client order id,
    /// or looked up; false means that it certainly was not.
    /// </summary>
    public bool IsOutcomeUnknown { get; }
}
