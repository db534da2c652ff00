using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>A subscriber over bare TCP, with next to no room for what comes, that reads its greeting and then nothing until it is told to.</summary>
sealed class StuckReader : IDisposable
{
    const int RoomBytes = 4096;

    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = RoomBytes };
    readonly byte[] _buffer = new byte[RoomBytes];
    readonly List<byte> _tail = [];

    /// <summary>Follows topics on <c>/api/v1/stream</c>.</summary>
    public static Task<StuckReader> OnStreamAsync(Uri server, string token, string[] topics, CancellationToken cancellation) =>
        OpenAsync(server, $"GET /api/v1/stream?topics={string.Join(',', topics)} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\n\r\n", [], "event: connected", cancellation);

    /// <summary>Follows topics on <c>/ws</c>.</summary>
    public static Task<StuckReader> OnWebSocketAsync(Uri server, string token, string[] topics, CancellationToken cancellation)
    {
        var message = JsonSerializer.SerializeToUtf8Bytes(new { type = "subscribe", topics });
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length, 125, nameof(topics));
        // A short masked text frame; a mask of nothing but zeros changes nothing.
        byte[] frame = [0x81, checked((byte)(0x80 | message.Length)), 0, 0, 0, 0, .. message];
        return OpenAsync(server, $"GET /ws?token={token} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n", frame, "\"subscribed\"", cancellation);
    }

    /// <summary>Reads on until a text has come.</summary>
    public async Task ReadUntilAsync(string text, CancellationToken cancellation)
    {
        while (!Encoding.UTF8.GetString([.. _tail]).Contains(text, StringComparison.Ordinal))
        {
            // Enough of what came before that a text cut in two is found.
            _tail.RemoveRange(0, Math.Max(0, _tail.Count - text.Length));
            var count = await _socket.ReceiveAsync(_buffer, cancellation);
            if (count == 0)
                throw new EndOfStreamException($"the server hung up before {text}");
            _tail.AddRange(_buffer.AsSpan(0, count));
        }
    }

    public void Dispose() => _socket.Dispose();

    static async Task<StuckReader> OpenAsync(Uri server, string request, byte[] first, string greeting, CancellationToken cancellation)
    {
        var reader = new StuckReader();
        try
        {
            await reader._socket.ConnectAsync(server.Host, server.Port, cancellation);
            await reader._socket.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(request), .. first], cancellation);
            await reader.ReadUntilAsync(greeting, cancellation);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
