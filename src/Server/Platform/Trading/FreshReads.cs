using System.Globalization;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;

namespace MyTradeX.Server.Platform.Trading;

/// <summary>
/// <c>?minSequence=</c> on a read: it waits until the exchange has come that far, a bounded time, else 503. A client passes the
/// <c>X-Sequence</c> of a write made elsewhere; its own writes it sees anyway.
/// </summary>
internal sealed class FreshReads(RequestDelegate next, VenueHost host)
{
    /// <summary>The query parameter.</summary>
    public const string Parameter = "minSequence";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        return request.QueryString.HasValue && SessionCookies.IsSafe(request.Method) && request.Query.TryGetValue(Parameter, out var values)
            && Caller.Of(context.User) is not null
            ? WaitAsync(context, values[^1])
            : next(context);
    }

    async Task WaitAsync(HttpContext context, string? text)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            await EnvelopeWriter.RefuseAsync(context, Refusal.Field(Parameter, "must be a whole number: the X-Sequence of a write"));
            return;
        }
        await host.Venue.WaitForSequenceAsync(sequence, VenueReads.WaitMax, context.RequestAborted);
        await next(context);
    }
}

internal static class FreshReadDocs
{
    /// <summary>Documents <c>minSequence</c> on a read.</summary>
    public static RouteHandlerBuilder Fresh(this RouteHandlerBuilder endpoint) =>
        endpoint.Query(FreshReads.Parameter, "Waits until the venue has come to this `X-Sequence`, two seconds at most.", 4711L);
}
