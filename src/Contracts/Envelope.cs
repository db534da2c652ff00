namespace MyTradeX.Contracts;

/// <summary>The one form of every answer under <c>/api</c> in version 1.</summary>
/// <typeparam name="T">The payload.</typeparam>
public sealed record ApiResponse<T>
{
    /// <summary>True with <see cref="Data"/>, false with <see cref="Error"/>.</summary>
    public bool Success { get; init; }

    /// <summary>The payload of a success.</summary>
    public T? Data { get; init; }

    /// <summary>A sentence for people, where there is no payload (logout).</summary>
    public string? Message { get; init; }

    /// <summary>Why not.</summary>
    public ApiError? Error { get; init; }

    /// <summary>Where this page lies in its list.</summary>
    public Pagination? Pagination { get; init; }

    /// <summary>Addresses of this resource and its neighbours; null where there is none (the last page's <c>next</c>).</summary>
    public IReadOnlyDictionary<string, string?>? Links { get; init; }

    /// <summary>When the answer was written, UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The id to quote when asking about this request; also the <c>X-Request-ID</c> header.</summary>
    public string RequestId { get; init; } = "";
}

/// <summary>The one form of every success in version 2.</summary>
/// <typeparam name="T">The payload.</typeparam>
public sealed record ApiResponseV2<T>
{
    /// <summary>The payload.</summary>
    public T? Data { get; init; }

    /// <summary>Addresses of this resource and its neighbours.</summary>
    public IReadOnlyDictionary<string, string?>? Links { get; init; }

    /// <summary>What is said about the answer.</summary>
    public required ResponseMeta Meta { get; init; }
}

/// <summary>What version 2 says about an answer.</summary>
public sealed record ResponseMeta
{
    /// <summary>A sentence for people, where there is no payload (logout).</summary>
    public string? Message { get; init; }

    /// <summary>Where this page lies in its list.</summary>
    public Pagination? Pagination { get; init; }

    /// <summary>When the answer was written, UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The id to quote when asking about this request.</summary>
    public string RequestId { get; init; } = "";
}

/// <summary>Why a request was refused.</summary>
/// <param name="Code">The wire name of an <see cref="ErrorCode"/>.</param>
/// <param name="Message">What was wrong, the value seen, the rule and the way out, in one sentence for people.</param>
/// <param name="Details">The same for programs.</param>
public sealed record ApiError(string Code, string Message, ErrorDetails? Details = null);

/// <summary>A refusal told to a program. Only what applies is present.</summary>
public sealed record ErrorDetails
{
    /// <summary>The field at fault, as a path from the body's root (<c>legs[1].price</c>) or a query parameter's name.</summary>
    public string? Field { get; init; }

    /// <summary>The rule it broke.</summary>
    public string? Reason { get; init; }

    /// <summary>The bound that was passed: a number or text.</summary>
    public object? Limit { get; init; }

    /// <summary>The value that passed it.</summary>
    public object? Observed { get; init; }

    /// <summary>The nearest valid value.</summary>
    public object? Suggested { get; init; }

    /// <summary>The sender's own order id, given back.</summary>
    public string? ClientOrderId { get; init; }

    /// <summary>All faults, when there are several; the first is also in <see cref="Field"/> and <see cref="Reason"/>.</summary>
    public IReadOnlyList<FieldFault>? Errors { get; init; }

    /// <summary>The exception with its stack; in Development only.</summary>
    public string? Exception { get; init; }
}

/// <summary>One field at fault.</summary>
/// <param name="Field">A path from the body's root, or a query parameter's name.</param>
/// <param name="Reason">The rule it broke.</param>
public sealed record FieldFault(string Field, string Reason);

/// <summary>
/// Where a page lies in its list. Numbered paging fills the first six, cursor paging the last three; a list asked for neither gets both.
/// </summary>
public sealed record Pagination
{
    /// <summary>This page's number, from 1.</summary>
    public int? Page { get; init; }

    /// <summary>Entries a page, 1–100.</summary>
    public int? Size { get; init; }

    /// <summary>Entries in all.</summary>
    public long? Total { get; init; }

    /// <summary>Pages in all; 0 when the list is empty.</summary>
    public long? TotalPages { get; init; }

    /// <summary>Whether a page follows.</summary>
    public bool? HasNext { get; init; }

    /// <summary>Whether a page precedes.</summary>
    public bool? HasPrevious { get; init; }

    /// <summary>Opaque; asks for the entries after this page. Null at the end.</summary>
    public string? NextCursor { get; init; }

    /// <summary>Opaque; asks for the entries before this page. Null at the start.</summary>
    public string? PrevCursor { get; init; }

    /// <summary>Whether entries follow this page.</summary>
    public bool? HasMore { get; init; }
}

/// <summary>A refusal as an RFC 9457 problem: version 2's form, and version 1's under <c>Accept: application/problem+json</c>.</summary>
public sealed record Problem
{
    /// <summary>An address that names the kind of problem.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>The kind in words; the same for every problem of this <see cref="Type"/>.</summary>
    public string Title { get; init; } = "";

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>What was wrong this time.</summary>
    public string? Detail { get; init; }

    /// <summary>The address that was asked.</summary>
    public string? Instance { get; init; }

    /// <summary>The wire name of an <see cref="ErrorCode"/>.</summary>
    public string Code { get; init; } = "";

    /// <summary>The refusal told to a program.</summary>
    public ErrorDetails? Details { get; init; }

    /// <summary>All faults of a <c>VALIDATION_ERROR</c>.</summary>
    public IReadOnlyList<FieldFault>? Errors { get; init; }

    /// <summary>When the answer was written, UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The id to quote when asking about this request.</summary>
    public string RequestId { get; init; } = "";
}
