using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace MyTradeX.Server.Tests.Realtime;

/// <summary>A client of <c>/ws</c>.</summary>
internal sealed class SocketClient : IDisposable
{
    readonly ClientWebSocket _socket = new();
    readonly byte[] _buffer = new byte[256 * 1024];

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    public static async Task<SocketClient> OpenAsync(Uri server, string? token, Action<ClientWebSocketOptions>? adjust = null)
    {
        var client = new SocketClient();
        adjust?.Invoke(client._socket.Options);
        await client._socket.ConnectAsync(new Uri($"ws://{server.Authority}/ws{(token is null ? "" : "?token=" + token)}"), TestContext.Current.CancellationToken);
        return client;
    }

    public static async Task<SocketClient> OpenAsync(Uri server, HttpClient signedIn)
    {
        var client = await OpenAsync(server, signedIn.DefaultRequestHeaders.Authorization!.Parameter);
        await client.NextAsync("connected");
        return client;
    }

    public Task SendAsync(object message) => SendTextAsync(System.Text.Json.JsonSerializer.Serialize(message));

    public Task SendTextAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next message, or null when the server has closed.</summary>
    public async Task<JsonNode?> NextAsync()
    {
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), TestContext.Current.CancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (part.EndOfMessage)
                return JsonNode.Parse(_buffer.AsSpan(0, length));
        }
    }

    /// <summary>The payload of the next message of a type.</summary>
    public async Task<JsonNode> NextAsync(string type)
    {
        while (await NextAsync() is { } message)
            if ((string?)message["type"] == type)
                return message["payload"]!;
        throw new InvalidDataException($"closed without {type}: {CloseStatus} {CloseReason}");
    }

    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

    public void Dispose() => _socket.Dispose();
}
