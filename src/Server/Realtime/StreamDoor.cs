using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;

namespace MyTradeX.Server.Realtime;

/// <summary><c>GET /stream</c>: server-sent events (WHATWG HTML, 9.2), for a browser's EventSource or curl.</summary>
internal static class StreamDoor
{
    const string Door = "stream";

    public static void MapStream(this RouteGroupBuilder api) => api.MapGet("/stream", StreamAsync)
        .WithMetadata(new TokenInQuery())
        .Described("streamEvents", "Streams events as they happen",
            "`text/event-stream`. Each event has an `id`; a client that comes back with `Last-Event-ID` – EventSource does so by itself – goes on without loss or repetition, or is told by an event `gap` what is no longer kept. "
            + "A `heartbeat` carries the last sequence of every topic. Topics: `market:SYMBOL`, `orderbook:SYMBOL`, `trades:SYMBOL`, `orders`, `portfolio`, `accounts`, `transactions`, `alerts`.")
        .RequiredQuery("topics", "What to follow, separated by commas.", "market:AAPL,orders")
        .Query("lastEventId", "The same as the header `Last-Event-ID`, for clients that cannot set it.", "")
        .Query(TokenInQuery.Name, "The access token, for clients that cannot send headers.", "")
        .AnswersStream("text/event-stream", "id: 1763734980123457\nevent: trade:new\ndata: {\"type\":\"trade:new\",\"topic\":\"trades:AAPL\",\"sequence\":42,\"cursor\":\"1763734980123457\",\"timestamp\":\"2024-01-15T10:30:00Z\",\"payload\":{\"symbol\":\"AAPL\",\"price\":150.25}}\n\n")
        .Refuses(ErrorCode.InstrumentNotFound);

    static async Task StreamAsync(HttpContext context, SignedIn signedIn, RealtimeHub hub, TimeProvider clock, IHostApplicationLifetime lifetime)
    {
        var names = TopicNames.From(context.Request);
        var given = context.Request.Headers["Last-Event-ID"].ToString();
        var after = TopicNames.Cursor(given.Length > 0 ? given : context.Request.Query["lastEventId"], "lastEventId");
        using var bell = new Bell();
        using var session = hub.Open(signedIn, after, bell);
        foreach (var name in names)
            if (session.Subscribe(name, after) is { } refusal)
                throw new ApiException(refusal);

        var response = context.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            Write(response.BodyWriter, session.OwnEvent("connected", JsonSerializer.SerializeToUtf8Bytes(new { userId = signedIn.Caller.Id, topics = names, timestamp = clock.GetUtcNow() }, WireJson.Options)));
            await PumpAsync(response.BodyWriter, session, bell, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client has gone, or the server is going.
        }
    }

    static async Task PumpAsync(PipeWriter writer, RealtimeSession session, Bell bell, CancellationToken ending)
    {
        var events = new List<RealtimeEvent>();
        while (true)
        {
            var more = session.Take(events);
            foreach (var e in events)
                Write(writer, e);
            RealtimeMetrics.Delivered(Door, events.Count);
            events.Clear();
            if (session.ClosedBecause is { } why)
            {
                Write(writer, session.OwnEvent("closed", RealtimeEvent.ToJson(new ApiError(why.Code.Name, why.Message, why.Details))));
                await writer.FlushAsync(ending);
                RealtimeMetrics.Closed(Door, why.Code.Name);
                return;
            }
            // A client that does not read fills the connection's buffers, and then writing waits.
            var flush = writer.FlushAsync(ending);
            session.IsSlow = !flush.IsCompletedSuccessfully;
            if ((await flush).IsCompleted)
                return;
            if (!more)
                await bell.WaitAsync(ending);
        }
    }

    static void Write(PipeWriter writer, RealtimeEvent e) => writer.Write(e.As(EventForms.ServerSent));
}
