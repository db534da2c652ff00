using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace MyTradeX.WebSockets.Tests;

/// <summary>A client on a bare socket that reads frames one by one and answers pings when it is told to.</summary>
sealed class PushedClient : IDisposable
{
    readonly Socket _socket;
    readonly NetworkStream _stream;

    PushedClient(Socket socket) => (_socket, _stream) = (socket, new NetworkStream(socket));

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<PushedClient> ConnectAsync(int port, int receiveBuffer)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0) socket.ReceiveBufferSize = receiveBuffer;
        await socket.ConnectAsync(IPAddress.Loopback, port, Stop);
        await socket.SendAsync(Encoding.ASCII.GetBytes(HandoverHost.Handshake), Stop);
        Assert.StartsWith("HTTP/1.1 101 ", await HandoverHost.ReadHeadAsync(socket));
        return new(socket);
    }

    /// <summary>The next frame, whole.</summary>
    public async Task<(byte Opcode, byte[] Payload)> ReadAsync()
    {
        var head = new byte[10];
        await _stream.ReadExactlyAsync(head.AsMemory(0, 2), Stop);
        var extended = head[1] switch { 126 => 2, 127 => 8, _ => 0 };
        await _stream.ReadExactlyAsync(head.AsMemory(2, extended), Stop);
        var length = extended switch { 0 => head[1], 2 => BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2)), _ => (int)BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(2)) };
        var payload = new byte[length];
        await _stream.ReadExactlyAsync(payload, Stop);
        return ((byte)(head[0] & 0x0F), payload);
    }

    public Task SendAsync(byte opcode, ReadOnlySpan<byte> payload) => _stream.WriteAsync(ClientFrames.Frame(opcode, payload), Stop).AsTask();

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }
}
