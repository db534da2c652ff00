using Microsoft.Net.Http.Headers;
using MyTradeX.Server.Platform.Requests;

namespace MyTradeX.Server.Platform.Paging;

/// <summary>Whether a list is wanted whole, as newline-delimited JSON, rather than by pages.</summary>
internal static class LineRequest
{
    /// <summary>One JSON object a line.</summary>
    public const string ContentType = "application/x-ndjson";

    /// <summary>Settles the form of the answer by <c>Accept</c>. The envelope unless lines are named and liked at least as well.</summary>
    public static bool IsWanted(HttpContext context)
    {
        // Caches keep the two forms apart.
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        var accepted = context.Request.GetTypedHeaders().Accept;
        return QualityOf(accepted, ContentType) is > 0 and var lines && lines >= QualityOf(accepted, "application/json");
    }

    /// <summary>The most entries wanted, from <c>limit</c> (or <c>size</c>); null for all. What belongs to pages is a fault.</summary>
    public static long? LimitFrom(QueryReader query)
    {
        foreach (var name in (ReadOnlySpan<string>)["page", "cursor"])
            query.Faults.Require(!query.Has(name), name, $"does not go with {ContentType}, which is the whole list");
        return query.Number("limit", 1, long.MaxValue) ?? query.Number("size", 1, long.MaxValue);
    }

    // Named outright: whoever takes anything gets the envelope.
    static double QualityOf(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(range => range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(range => range.Quality ?? 1).DefaultIfEmpty(0).Max();
}
