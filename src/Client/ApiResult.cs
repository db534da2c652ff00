using MyTradeX.Contracts;

namespace MyTradeX.Client;

/// <summary>A write's outcome.</summary>
/// <typeparam name="T">What was made or changed.</typeparam>
/// <param name="Data">What was made or changed.</param>
/// <param name="Sequence">The journal's sequence of the write; a read with this as <c>minSequence</c> sees it. Null where the server names none.</param>
/// <param name="RequestId">The id to quote when asking about this request.</param>
public sealed record ApiResult<T>(T Data, long? Sequence, string RequestId);

/// <summary>One page of a list.</summary>
/// <typeparam name="T">The entries.</typeparam>
/// <param name="Items">This page's entries.</param>
/// <param name="Pagination">Where the page lies in its list.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, Pagination? Pagination)
{
    /// <summary>The cursor of the page after this one, or null at the end.</summary>
    public string? NextCursor => Pagination?.NextCursor;
}
