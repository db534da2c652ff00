using Microsoft.Net.Http.Headers;

namespace MyTradeX.Server.Platform.Requests;

/// <summary>Which form of an answer is wanted, by <c>Accept</c>.</summary>
internal static class AcceptedForm
{
    /// <summary>The media type among these that the request likes best. The envelope's <c>application/json</c> unless another is named outright and liked at least as well.</summary>
    public static string Of(HttpContext context, params ReadOnlySpan<string> others)
    {
        // Caches keep the forms apart.
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        var accepted = context.Request.GetTypedHeaders().Accept;
        var (best, liking) = (Json, QualityOf(accepted, Json));
        foreach (var other in others)
        {
            if (QualityOf(accepted, other) is > 0 and var quality && quality >= liking)
                (best, liking) = (other, quality);
        }
        return best;
    }

    /// <summary>The envelope.</summary>
    public const string Json = "application/json";

    // Named outright: whoever takes anything gets the envelope.
    static double QualityOf(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(range => range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(range => range.Quality ?? 1).DefaultIfEmpty(0).Max();
}
