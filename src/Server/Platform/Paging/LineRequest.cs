using MyTradeX.Server.Platform.Requests;

namespace MyTradeX.Server.Platform.Paging;

/// <summary>A list that is wanted whole rather than by pages.</summary>
internal static class LineRequest
{
    /// <summary>One JSON object a line.</summary>
    public const string ContentType = "application/x-ndjson";

    /// <summary>The most entries wanted, from <c>limit</c> (or <c>size</c>); null for all. What belongs to pages is a fault.</summary>
    public static long? LimitFrom(QueryReader query, string form = ContentType)
    {
        foreach (var name in (ReadOnlySpan<string>)["page", "cursor"])
            query.Faults.Require(!query.Has(name), name, $"does not go with {form}, which is the whole list");
        return query.Number("limit", 1, long.MaxValue) ?? query.Number("size", 1, long.MaxValue);
    }
}
