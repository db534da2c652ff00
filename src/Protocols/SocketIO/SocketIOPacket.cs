namespace MyTradeX.Protocols.SocketIO;

/// <summary>An event of one namespace, encoded once, to be sent to any number of its sockets. Made by <see cref="SocketNamespace.Encode(string, object?[])"/>. It is not kept for clients that are away.</summary>
public sealed class SocketIOPacket
{
    internal SocketIOPacket(string ns, EnginePacket engine) => (Namespace, Engine) = (ns, engine);

    /// <summary>Name of the namespace whose sockets it can be sent to.</summary>
    public string Namespace { get; }

    /// <summary>Bytes that it counts for while it waits.</summary>
    public int Length => Engine.Length;

    internal EnginePacket Engine { get; }
}
