using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MyTradeX.Bench.FanOut.Publishing;
using MyTradeX.Bench.FanOut.Subscribers;

namespace MyTradeX.Bench.FanOut.Measures;

/// <summary>A server and how one subscribes to it.</summary>
sealed record Contender(string Name, Publisher Publisher, Speech Speech)
{
    /// <summary>The server's two doors and, for each, the server in Node that speaks the same protocol. All listen at once; idle, they cost nothing.</summary>
    /// <param name="port">The first of three ports.</param>
    /// <param name="follows">Whether subscribers of the server's doors follow the topic.</param>
    public static async Task<Contender[]> StartAllAsync(int port, bool follows = true)
    {
        var (hub, ws, socketIO) = (Publisher.Hub(port), Publisher.Peer("ws.js", port + 1), Publisher.Peer("socketio.js", port + 2));
        foreach (var publisher in (Publisher[])[hub, ws, socketIO])
            await publisher.ReadyAsync();
        var token = await TokenAsync(port);
        var topic = follows ? BenchTopics.Topic : null;
        return
        [
            new("/ws", hub, new PlainSpeech($"/ws?token={token}", topic)), new("ws", ws, new PlainSpeech("/", null)),
            new("/socket.io", hub, new SocketIOSpeech(token, topic)), new("socket.io", socketIO, new SocketIOSpeech(null, null)),
        ];
    }

    /// <summary>Messages delivered a second, by everybody together, while as many are told as are taken.</summary>
    public async Task<double> FloodAsync(int subscribers, int window, int seconds)
    {
        using var group = new SubscriberGroup();
        group.Open(subscribers, Publisher.Port, Speech);
        await DeliverAsync(group, Publisher.BidAsync("flood", window, seconds, subscribers));
        return group.Messages / ((group.LastAt - group.FirstAt) / (double)Stopwatch.Frequency);
    }

    /// <summary>From telling a message to reading it, at a pace.</summary>
    public async Task<Delays> PacedAsync(int subscribers, int perSecond, int seconds)
    {
        using var group = new SubscriberGroup();
        group.Open(subscribers, Publisher.Port, Speech);
        var delays = new Delays();
        group.OnMessage = (message, now) => delays.Add((now - ToldAt(message)) / 1_000.0);
        await DeliverAsync(group, Publisher.BidAsync("paced", perSecond, seconds));
        return delays;
    }

    async Task DeliverAsync(SubscriberGroup group, Task<long> publishing)
    {
        group.Begin();
        group.RunUntil(() => publishing.IsCompleted, TimeSpan.FromMinutes(1));
        var expected = await publishing * group.All.Count;
        if (!group.RunUntil(() => group.Messages >= expected, TimeSpan.FromSeconds(10)) || group.Messages != expected)
            throw new InvalidOperationException($"{Name} was to deliver {expected} messages and delivered {group.Messages}.");
        group.RequireAlive();
    }

    /// <summary>The monotonic nanosecond that is a trade's number.</summary>
    static long ToldAt(ReadOnlySpan<byte> message)
    {
        var digits = message[(message.IndexOf("\"trade-"u8) + 7)..];
        _ = System.Buffers.Text.Utf8Parser.TryParse(digits, out long told, out _);
        return told;
    }

    static async Task<string> TokenAsync(int port)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync($"http://127.0.0.1:{port}/api/v1/auth/login", new { email = "admin@example.com", password = "password123" });
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["data"]!["token"]!.GetValue<string>();
    }
}
