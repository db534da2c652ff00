using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Wire;
using MyTradeX.Protocols.SocketIO;
using MyTradeX.Server.Features.Orders;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Trading;

namespace MyTradeX.Server.Realtime;

/// <summary>
/// <c>/socket.io/</c>: topics for Socket.IO clients. An event's arguments are its data, then <c>{topic, firstSequence, sequence, timestamp}</c>, then the cursor, which the protocol's own
/// clients remember and bring back after a cut.
/// </summary>
internal sealed partial class SocketIODoor
{
    /// <summary>As the metrics know it.</summary>
    public const string Name = "socket.io";

    const string TopicsItem = "topics";

    /// <summary>Followed by every connection without asking: pages listen for system alerts as for the protocol's own events.</summary>
    const string Unasked = "alerts";

    static readonly ConnectRefusal TokenMissing = new("Authentication required", new { code = ErrorCode.Unauthorized.Name }), TokenInvalid = new("Invalid token", new { code = ErrorCode.Unauthorized.Name });

    readonly RealtimeHub _hub;
    readonly PumpThreads _pumps;
    readonly SignedInTokens _tokens;
    readonly OrderService _orders;
    readonly CorsSettings _cors;
    readonly TimeProvider _clock;
    readonly ILogger<SocketIODoor> _log;
    readonly EventForm<SocketIOPacket> _form;
    readonly ConcurrentDictionary<SocketIOSocket, Client> _clients = [];

    public SocketIODoor(SocketIOServer io, RealtimeHub hub, PumpThreads pumps, SignedInTokens tokens, OrderService orders, CorsSettings cors, TimeProvider clock, ILogger<SocketIODoor> log)
    {
        (_hub, _pumps, _tokens, _orders, _cors, _clock, _log) = (hub, pumps, tokens, orders, cors, clock, log);
        _form = new(3, e => io.Main.Encode(e.Name, ArgumentsOf(e)));
        io.Use(AuthenticateAsync);
        io.OnConnection(ConnectAsync);
        // For all sockets together: handlers of each socket's own would weigh more than the rest of it.
        io.Main.On("subscribe", (socket, e, _) => AnswerFor(socket, e, client => Subscribe(client, NamesIn(e))));
        io.Main.On("unsubscribe", (socket, e, _) => AnswerFor(socket, e, client => Unsubscribe(client, NamesIn(e))));
        io.Main.On("cancel_on_disconnect", (socket, e, _) => AnswerFor(socket, e, client => CancelOnDisconnect(client, e)));
        io.Main.On("authenticate", RenewAsync);
        io.Main.OnDisconnect((socket, _) => LeaveAsync(socket));
    }

    async ValueTask<ConnectRefusal?> AuthenticateAsync(SocketIOSocket socket, CancellationToken cancellation)
    {
        SignedIn? signedIn;
        if (TokenOf(socket) is { } token)
        {
            signedIn = await _tokens.OpenAsync(token, cancellation);
            if (signedIn is null)
                return TokenInvalid;
        }
        else
        {
            signedIn = SignedIn.Of(socket.Handshake.User);
            if (signedIn is null)
                return TokenMissing;
            if (!_cors.Trusts(socket.Handshake.Headers["Origin"].ToString(), socket.Handshake.IsSecure, socket.Handshake.Headers["Host"].ToString()))
                return new("Pages of this origin may not use the cookie session", new { code = ErrorCode.Forbidden.Name });
        }
        if (socket.IsRecovered && SignedIn.Of(socket.User)?.Caller.UserId != signedIn.Caller.UserId)
            return TokenInvalid;
        socket.User = new CallerPrincipal(signedIn.Caller, signedIn.Claims);
        return null;
    }

    Task ConnectAsync(SocketIOSocket socket, CancellationToken cancellation)
    {
        var pump = new SocketIOPump(socket, _form, _pumps.Next());
        var after = socket.IsRecovered && long.TryParse(socket.RecoveryOffset, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        RealtimeSession session;
        try
        {
            session = _hub.Open(SignedIn.Of(socket.User)!, after, pump);
        }
        catch (ApiException refused)
        {
            RealtimeMetrics.Closed(Name, refused.Refusal.Code.Name);
            socket.Emit("closed", new ApiError(refused.Refusal.Code.Name, refused.Refusal.Message, refused.Refusal.Details));
            socket.Disconnect(close: true);
            return Task.CompletedTask;
        }
        pump.Session = session;
        var topics = (HashSet<string>)(socket.Items.TryGetValue(TopicsItem, out var kept) ? kept! : socket.Items[TopicsItem] = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { Unasked });
        _clients[socket] = new(session, topics, new(_clock));
        // A client that came back goes on where it was; one that had no event yet begins with the states.
        using (session.Together())
            foreach (var name in topics)
                session.Subscribe(name, after);
        pump.Wake();
        return Task.CompletedTask;
    }

    async Task LeaveAsync(SocketIOSocket socket)
    {
        if (!_clients.TryRemove(socket, out var client))
            return;
        client.Session.Dispose();
        if (client.CancelsOnDisconnect)
            await CancelOrdersAsync(client.Session.Caller);
    }

    async Task RenewAsync(SocketIOSocket socket, SocketEvent e, CancellationToken stop)
    {
        var renewed = e.TryGet<TokenArgument>(0, out var given) && given.Token is { } token ? await _tokens.OpenAsync(token, stop) : null;
        await AnswerFor(socket, e, client =>
        {
            if (renewed?.Caller.UserId != client.Session.Caller.UserId)
                return new(ErrorCode.Unauthorized, "token must be a valid access token of the user who connected.");
            client.Session.SignedIn = renewed;
            return null;
        });
    }

    static Refusal? CancelOnDisconnect(Client client, SocketEvent e)
    {
        if (!client.Session.Caller.May(Permission.CancelOrders))
            return new(ErrorCode.Forbidden, "Your role may not cancel orders.");
        client.CancelsOnDisconnect = e.Count == 0 || e[0].ValueKind != JsonValueKind.False;
        return null;
    }

    static Refusal? Subscribe(Client client, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return Refusal.Field("channels", "must name at least one topic, for example market:AAPL");
        Refusal? first = null;
        foreach (var name in names)
        {
            if (client.Session.Subscribe(name) is { } refusal)
                first ??= refusal;
            else
                client.Topics.Add(name);
        }
        return first;
    }

    static Refusal? Unsubscribe(Client client, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            client.Session.Unsubscribe(name);
            client.Topics.Remove(name);
        }
        return null;
    }

    /// <summary>Does what the event asks for and answers. A socket that was refused its session is on its way out and is not answered; one that floods is ended.</summary>
    Task AnswerFor(SocketIOSocket socket, SocketEvent e, Func<Client, Refusal?> act)
    {
        if (!_clients.TryGetValue(socket, out var client))
            return Task.CompletedTask;
        if (client.TryTake())
            return Answer(socket, e, act(client));
        client.Session.Close(MessageBudget.Exceeded);
        return Task.CompletedTask;
    }

    /// <summary>Who waits for an answer gets it; who does not hears of a refusal by an event <c>error</c>.</summary>
    static Task Answer(SocketIOSocket socket, SocketEvent e, Refusal? refusal)
    {
        if (e.WantsAck)
            e.Ack(refusal is null ? new { success = true } : new { success = false, error = new ApiError(refusal.Code.Name, refusal.Message, refusal.Details) });
        else if (refusal is not null)
            socket.Emit("error", new ApiError(refusal.Code.Name, refusal.Message, refusal.Details));
        return Task.CompletedTask;
    }

    /// <summary><c>'market:AAPL'</c>, <c>['market:AAPL', …]</c> or <c>{channels: […]}</c>.</summary>
    static IReadOnlyList<string> NamesIn(SocketEvent e)
    {
        if (e.Count == 0)
            return [];
        var given = e[0];
        if (given.ValueKind == JsonValueKind.Object)
            given = given.TryGetProperty("channels", out var channels) || given.TryGetProperty("topics", out channels) ? channels : default;
        return given.ValueKind switch
        {
            JsonValueKind.String => [given.GetString()!],
            JsonValueKind.Array => [.. given.EnumerateArray().Select(name => name.ValueKind == JsonValueKind.String ? name.GetString()! : "")],
            _ => [],
        };
    }

    static string? TokenOf(SocketIOSocket socket)
    {
        var given = socket.Auth.ValueKind == JsonValueKind.Object && socket.Auth.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString() : null;
        given ??= socket.Handshake.Query.TryGetValue(TokenInQuery.Name, out var inQuery) ? inQuery.ToString() : null;
        return given?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) is true ? given["Bearer ".Length..].Trim() : given;
    }

    async Task CancelOrdersAsync(Caller caller)
    {
        try
        {
            await _orders.CancelAllAsync(caller, null, null, new CommandKey(0), CancellationToken.None);
        }
#pragma warning disable CA1031 // Nobody is there to be told any more, but whoever runs the venue must be.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogNotCancelled(failure, caller.Id);
        }
    }

    static ReadOnlySpan<byte> ArgumentsOf(RealtimeEvent e)
    {
        var buffer = new ArrayBufferWriter<byte>(e.Data.Length + 160);
        buffer.Write(e.Data.Span);
        if (e.Topic.Length > 0)
        {
            buffer.Write(","u8);
            using var writer = new Utf8JsonWriter(buffer, new() { Encoder = WireJson.Options.Encoder });
            JsonSerializer.Serialize(writer, new { topic = e.Topic, firstSequence = e.FirstSequence, sequence = e.Sequence, timestamp = e.Time }, WireJson.Options);
        }
        if (e.Id != 0)
        {
            buffer.Write(",\""u8);
            buffer.Write(System.Text.Encoding.ASCII.GetBytes(EventForms.CursorOf(e)));
            buffer.Write("\""u8);
        }
        return buffer.WrittenSpan;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The orders of {User}, who asked for it, could not be cancelled when the connection ended.")]
    partial void LogNotCancelled(Exception failure, string user);

    sealed record TokenArgument(string? Token);

    /// <summary>One connected socket.</summary>
    /// <param name="session">Its view of the hub.</param>
    /// <param name="topics">What it follows, kept for it while it is away.</param>
    /// <param name="budget">What it may still send.</param>
    sealed class Client(RealtimeSession session, HashSet<string> topics, MessageBudget budget)
    {
        public RealtimeSession Session => session;

        public HashSet<string> Topics => topics;

        public bool CancelsOnDisconnect { get; set; }

        public bool TryTake()
        {
            lock (budget)
                return budget.TryTake();
        }
    }
}
