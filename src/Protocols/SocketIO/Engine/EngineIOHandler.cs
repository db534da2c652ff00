namespace MyTradeX.Protocols.SocketIO;

/// <summary>
/// What an application does with one Engine.IO connection. Messages come one at a time and in order; the next waits until the call for the one before it has ended, so a handler that is slow slows its own client alone.
/// </summary>
public abstract class EngineIOHandler
{
    /// <summary>A text message has come.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="utf8">The message, valid UTF-8. The bytes are valid until the call ends; copy what is to be kept.</param>
    public abstract ValueTask OnTextAsync(EngineIOConnection connection, ReadOnlyMemory<byte> utf8);

    /// <summary>A binary message has come.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="payload">The message. The bytes are valid until the call ends; copy what is to be kept.</param>
    public abstract ValueTask OnBinaryAsync(EngineIOConnection connection, ReadOnlyMemory<byte> payload);

    /// <summary>The connection has ended; called once, and possibly while a message is still being handled.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="reason">One of <see cref="DisconnectReason"/>.</param>
    public virtual void OnClosed(EngineIOConnection connection, string reason)
    {
    }

    /// <summary>Everything that was queued has been written. Runs on the writing thread: be quick.</summary>
    public virtual void OnDrained(EngineIOConnection connection)
    {
    }
}
