using MyTradeX.Contracts;

namespace MyTradeX.Server.Platform.Envelope;

/// <summary>An expected "no", as a value: the code, a sentence for people, and the same for programs.</summary>
internal sealed record Refusal(ErrorCode Code, string Message, ErrorDetails? Details = null)
{
    /// <summary>Seconds to wait before asking again; becomes <c>Retry-After</c>.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Refuses one field.</summary>
    public static Refusal Field(string field, string reason, ErrorCode? code = null) =>
        new(code ?? ErrorCode.ValidationError, $"{field} {reason}.", new() { Field = field, Reason = reason });
}

/// <summary>A refusal on its way up through code that has no other way to say no. The error middleware turns it into the answer.</summary>
internal sealed class ApiException(Refusal refusal) : Exception(refusal.Message)
{
    public ApiException(ErrorCode code, string message, ErrorDetails? details = null) : this(new Refusal(code, message, details)) { }

    public Refusal Refusal { get; } = refusal;
}
