using MyTradeX.Protocols.SocketIO;

namespace MyTradeX.SocketIO.ConformanceHost;

/// <summary>Sends every message back, as the Engine.IO suite asks.</summary>
sealed class EchoHandler : EngineIOHandler
{
    public override ValueTask OnTextAsync(EngineIOConnection connection, ReadOnlyMemory<byte> utf8)
    {
        connection.Send(System.Text.Encoding.UTF8.GetString(utf8.Span));
        return ValueTask.CompletedTask;
    }

    public override ValueTask OnBinaryAsync(EngineIOConnection connection, ReadOnlyMemory<byte> payload)
    {
        connection.Send(payload);
        return ValueTask.CompletedTask;
    }
}
