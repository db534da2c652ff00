using System.Text.Json;
using MyTradeX.Protocols.WebSockets;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>One connection as Socket.IO sees it: puts packets together, and hands them to the sockets it has in its namespaces.</summary>
sealed class SocketIOClient : EngineIOHandler
{
    static readonly JsonElement NoAuth = JsonDocument.Parse("{}").RootElement;

    readonly SocketIOServer _server;
    readonly Lock _gate = new();
    readonly Dictionary<string, SocketIOSocket?> _sockets = new(1, StringComparer.Ordinal);
    readonly ConnectDeadline _connectDeadline;
    PacketHeader _partial;
    JsonElement _partialJson;
    ReadOnlyMemory<byte>[] _attachments = [];
    int _attached;
    volatile SocketIOSocket[] _admitted = [];
    bool _isEnded;

    public SocketIOClient(SocketIOServer server, EngineIOConnection connection)
    {
        _server = server;
        Connection = connection;
        _connectDeadline = new(this);
        server.Engine.Wheel.Schedule(_connectDeadline, server.NowMs + (long)server.Options.ConnectTimeout.TotalMilliseconds);
    }

    public EngineIOConnection Connection { get; }

    public override ValueTask OnTextAsync(EngineIOConnection connection, ReadOnlyMemory<byte> utf8)
    {
        if (_attached < _attachments.Length) return Bad("text where an attachment was due");
        if (!PacketHeader.TryRead(utf8.Span, _server.Options.MaxAttachments, out var header)) return Bad("header");
        JsonElement json = default;
        var rest = utf8[header.Length..];
        if (!rest.IsEmpty && !TryParse(rest.Span, out json)) return Bad("JSON");
        switch (header.Type)
        {
            case PacketType.Connect:
                if (json.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object)) return Bad("auth is no object");
                return Join(header.Namespace, json.ValueKind == JsonValueKind.Object ? json : NoAuth);
            case PacketType.Disconnect:
                if (!rest.IsEmpty) return Bad("disconnect with a payload");
                Leave(header.Namespace);
                return default;
            case PacketType.Event or PacketType.Ack or PacketType.BinaryEvent or PacketType.BinaryAck:
                if (!IsPayload(header, json)) return Bad("payload");
                if (header.Attachments == 0) return TakeAsync(header, json, []);
                if (!BinaryJson.PlaceholdersAreIn(json, header.Attachments)) return Bad("placeholder");
                (_partial, _partialJson, _attachments, _attached) = (header, json, new ReadOnlyMemory<byte>[header.Attachments], 0);
                return default;
            default:
                return Bad("type");
        }
    }

    public override ValueTask OnBinaryAsync(EngineIOConnection connection, ReadOnlyMemory<byte> payload)
    {
        if (_attached == _attachments.Length) return Bad("attachment that belongs to nothing");
        _attachments[_attached++] = payload.ToArray();
        if (_attached < _attachments.Length) return default;
        var (header, json, attachments) = (_partial, _partialJson, _attachments);
        (_partialJson, _attachments, _attached) = (default, [], 0);
        return TakeAsync(header, json, attachments);
    }

    public override void OnClosed(EngineIOConnection connection, string reason)
    {
        _server.Engine.Wheel.Cancel(_connectDeadline);
        SocketIOSocket?[] sockets;
        lock (_gate)
        {
            _isEnded = true;
            sockets = [.. _sockets.Values];
            _sockets.Clear();
            _admitted = [];
        }
        foreach (var socket in sockets)
        {
            if (socket?.IsAdmitted is true) socket.End(reason);
            else socket?.Discard(reason);
        }
    }

    public override void OnDrained(EngineIOConnection connection)
    {
        foreach (var socket in _admitted) socket.OnDrained();
    }

    /// <summary>The server takes one socket out of its namespace.</summary>
    public void Disconnect(SocketIOSocket socket)
    {
        if (!Remove(socket.Namespace.Name)) return;
        Connection.Send(PacketEncoder.Disconnect(socket.Namespace.Name));
        socket.End(DisconnectReason.ServerNamespaceDisconnect);
    }

    /// <summary>The server takes all sockets out of their namespaces and closes the connection.</summary>
    public void DisconnectAll()
    {
        foreach (var socket in _admitted) Disconnect(socket);
        Connection.Close();
    }

    /// <summary>Called under the lock whenever a socket has come or gone; who looks at them, after each write too, takes neither the lock nor a copy.</summary>
    void NoteAdmitted() => _admitted = [.. _sockets.Values.OfType<SocketIOSocket>().Where(socket => socket.IsAdmitted)];

    ValueTask Bad(string fault)
    {
        SocketIOLog.Unreadable(_server.Logger, Connection.Id, fault);
        Connection.End(DisconnectReason.ParseError, dropQueued: true);
        return default;
    }

    ValueTask Join(string name, JsonElement auth)
    {
        if (!_server.TryGet(name, out var ns))
        {
            Refuse(name, new("Invalid namespace"));
            return default;
        }
        lock (_gate)
        {
            if (_isEnded) return default;
            // The protocol's own client says it twice when its program calls connect() on a socket that connects by itself; the one answer serves both.
            if (_sockets.ContainsKey(name)) return default;
            if (_sockets.Count < _server.Options.MaxNamespacesPerConnection) _sockets.Add(name, null);
            else ns = null;
        }
        if (ns is null) Connection.End(DisconnectReason.TooManyNamespaces, dropQueued: true);
        // Other namespaces' packets are not to wait until this one's middleware has made up its mind.
        else _ = JoinAsync(ns, auth);
        return default;
    }

    async Task JoinAsync(SocketNamespace ns, JsonElement auth)
    {
        string? privateId = null, offset = null;
        if (ns.KeepsSessions) (privateId, offset) = (Text(auth, "pid"), Text(auth, "offset"));
        var session = privateId is null ? null : ns.FindSession(privateId, offset);
        SocketIOSocket socket = new(ns, this, auth, session, offset);
        lock (_gate)
        {
            if (_isEnded || !_sockets.ContainsKey(ns.Name)) return;
            _sockets[ns.Name] = socket;
        }
        ConnectRefusal? refusal = null;
        if (session is null || !_server.Options.Recovery!.SkipMiddleware)
        {
            try
            {
                refusal = await ns.AdmitAsync(socket);
            }
#pragma warning disable CA1031 // Whatever the application's middleware throws ends here, as a refusal.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                SocketIOLog.MiddlewareFailed(_server.Logger, failure, ns.Name);
                refusal = new("Internal error");
            }
        }
        var isWanted = false;
        lock (_gate)
        {
            if (!_isEnded && _sockets.TryGetValue(ns.Name, out var current) && current == socket)
            {
                isWanted = socket.IsAdmitted = refusal is null;
                if (!isWanted) _sockets.Remove(ns.Name);
                NoteAdmitted();
            }
        }
        if (!isWanted)
        {
            if (refusal is not null) Refuse(ns.Name, refusal);
            socket.Discard(DisconnectReason.ServerNamespaceDisconnect);
            await socket.ReleaseAsync();
            return;
        }
        _server.Engine.Wheel.Cancel(_connectDeadline);
        ns.Attach(socket, privateId, offset);
        await socket.StartAsync();
    }

    void Refuse(string name, ConnectRefusal refusal)
    {
        SocketIOLog.Refused(_server.Logger, Connection.Id, name, refusal.Message);
        SocketIOMetrics.Refused(refusal.Message);
        Connection.Send(_server.Encoder.ConnectError(name, refusal));
    }

    void Leave(string name)
    {
        SocketIOSocket? socket;
        lock (_gate)
        {
            if (!_sockets.Remove(name, out socket) || socket is null) return;
            NoteAdmitted();
        }
        if (socket.IsAdmitted) socket.End(DisconnectReason.ClientNamespaceDisconnect);
        else socket.Discard(DisconnectReason.ClientNamespaceDisconnect);
    }

    bool Remove(string name)
    {
        lock (_gate)
        {
            if (!_sockets.Remove(name)) return false;
            NoteAdmitted();
            return true;
        }
    }

    async ValueTask TakeAsync(PacketHeader header, JsonElement json, ReadOnlyMemory<byte>[] attachments)
    {
        SocketIOSocket? socket;
        lock (_gate)
        {
            // Sent before the client knew that it had been disconnected, it is nobody's; from a client that is nowhere it is a breach.
            if (!(_sockets.TryGetValue(header.Namespace, out socket) && socket?.IsAdmitted is true) && _sockets.Count > 0) return;
        }
        if (socket is null)
        {
            Connection.End(DisconnectReason.ForcedServerClose, dropQueued: false);
            return;
        }
        if (header.Type is PacketType.Ack or PacketType.BinaryAck)
        {
            socket.TakeAck(header.AckId, new(json, 0, attachments, _server.Encoder.Json));
            return;
        }
        var first = json[0];
        var name = first.ValueKind == JsonValueKind.String ? first.GetString()! : first.GetRawText();
        await socket.TakeEventAsync(new(socket, name, header.AckId, json, attachments));
    }

    static bool IsPayload(PacketHeader header, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array) return false;
        if (header.Type is PacketType.Ack or PacketType.BinaryAck) return header.AckId >= 0;
        if (json.GetArrayLength() == 0) return false;
        return json[0].ValueKind == JsonValueKind.Number || (json[0].ValueKind == JsonValueKind.String && !ReservedEvents.Contain(json[0].GetString()!));
    }

    static bool TryParse(ReadOnlySpan<byte> utf8, out JsonElement json)
    {
        try
        {
            json = JsonElement.Parse(utf8);
            return true;
        }
        catch (JsonException)
        {
            // The framework has no way to ask; that it is no JSON is the answer.
            json = default;
            return false;
        }
    }

    static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    sealed class ConnectDeadline(SocketIOClient client) : Deadline
    {
        protected override void OnDue()
        {
            lock (client._gate)
            {
                if (client._sockets.Values.Any(socket => socket?.IsAdmitted is true)) return;
            }
            client.Connection.End(DisconnectReason.ForcedServerClose, dropQueued: false);
        }
    }
}
