using System.Net.WebSockets;
using System.Text.Json;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>A client of <c>/ws</c> that follows topics from now on.</summary>
sealed class WebSocketStream(Uri server, string token, string[] topics)
{
    readonly TaskCompletionSource _isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<SeenEvent> Seen { get; } = [];

    /// <summary>Done when it follows: whatever happens from then on is for it.</summary>
    public Task Opened => _isOpen.Task;

    /// <summary>Reads until an event is the last that is wanted.</summary>
    public async Task ReadUntilAsync(Func<SeenEvent, bool> isLast, CancellationToken cancellation)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.Authority}/ws?token={token}"), cancellation);
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { type = "subscribe", topics }), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        var (buffer, message) = (new byte[64 * 1024], new MemoryStream());
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new EndOfStreamException($"the socket was closed with {socket.CloseStatus}: {socket.CloseStatusDescription}");
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage)
                continue;
            using var json = JsonDocument.Parse(message.ToArray());
            message.SetLength(0);
            var e = SeenEvent.From(json.RootElement);
            if (e.Name == "subscribed")
                _isOpen.TrySetResult();
            // Greetings, answers and heartbeats belong to no topic.
            if (e.Topic.Length == 0)
                continue;
            Seen.Add(e);
            if (isLast(e))
                return;
        }
    }
}
