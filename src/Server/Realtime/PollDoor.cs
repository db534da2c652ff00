using System.Globalization;
using System.Text.Json;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Trading;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;

namespace MyTradeX.Server.Realtime;

/// <summary><c>GET /poll</c>: long polling, for where nothing else comes through.</summary>
internal static class PollDoor
{
    public static void MapPoll(this RouteGroupBuilder api) => api.MapGet("/poll", PollAsync)
        .Described("pollEvents", "Waits for events",
            "Without a `cursor` it answers at once with the state of each topic that has one. With the `cursor` of the answer before it waits until something has happened, and answers with all of it, or empty when the time is up. "
            + "What is no longer kept is told by an event `gap`. Ask again at once; nothing is lost in between.")
        .RequiredQuery("topics", "What to follow, separated by commas; the same on every call.", "market:AAPL,orders")
        .Query("cursor", "`data.cursor` of the answer before.", "1763734980123456")
        .Query("timeout", "Longest wait in seconds, 0–120; the server may answer sooner.", 1)
        .Answers(StatusCodes.Status200OK, new PollDto
        {
            Cursor = "1763734980123457",
            Events = [new() { Type = "trade:new", Topic = "trades:AAPL", Sequence = 42, Cursor = "1763734980123457", Timestamp = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero), Payload = JsonSerializer.SerializeToElement(new { symbol = "AAPL", price = 150.25m }) }],
            Sequences = new Dictionary<string, long> { ["trades:AAPL"] = 42 },
        })
        .Refuses(ErrorCode.InstrumentNotFound);

    static async Task<ApiResult<PollDto>> PollAsync(HttpContext context, SignedIn signedIn, QueryReader query, RealtimeHub hub, IHostApplicationLifetime lifetime)
    {
        var names = TopicNames.From(context.Request);
        var after = TopicNames.Cursor(query.Text("cursor"), "cursor");
        var patience = TimeSpan.FromSeconds(Math.Min(query.Number("timeout", 0, 120) ?? hub.Options.PollSeconds, hub.Options.PollSeconds));
        query.Faults.ThrowIfAny();
        using var bell = new Bell();
        using var session = hub.Open(signedIn, after, bell);
        foreach (var name in names)
            if (session.Subscribe(name, after) is { } refusal)
                throw new ApiException(refusal);

        var events = new List<RealtimeEvent>();
        session.Take(events);
        if (after is not null)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            try
            {
                while (events.Count == 0 && session.ClosedBecause is null && await bell.WaitAsync(patience, ending.Token))
                {
                    session.Take(events);
                    // The answer itself is one.
                    events.RemoveAll(e => e.Name == RealtimeSession.HeartbeatName);
                }
            }
            catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
            {
                // The server is going: what there is, is answered.
            }
        }
        if (session.ClosedBecause is { } why)
            throw new ApiException(why);
        RealtimeMetrics.Delivered("poll", events.Count);
        return Api.Ok(new PollDto { Cursor = session.Position.ToString(CultureInfo.InvariantCulture), Events = [.. events.Select(Show)], Sequences = session.Sequences() });
    }

    static RealtimeEventDto Show(RealtimeEvent e)
    {
        var payload = new Utf8JsonReader(e.Data.Span);
        return new()
        {
            Type = e.Name,
            Topic = e.Topic,
            FirstSequence = e.FirstSequence == e.Sequence ? null : e.FirstSequence,
            Sequence = e.Sequence,
            Cursor = EventForms.CursorOf(e),
            Timestamp = e.Time,
            Payload = JsonElement.ParseValue(ref payload),
        };
    }
}
