using System.Text.Json;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>Settings of a Socket.IO server, beside those of the Engine.IO server below it.</summary>
public sealed class SocketIOOptions : EngineIOOptions
{
    /// <summary>A client that has joined no namespace after this time is closed. Default 45 s, as the protocol's other servers have it.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Namespaces that one connection may be in at once, 1 or more. Default 20: pages use one to three; each costs memory and a set of handlers.</summary>
    public int MaxNamespacesPerConnection { get; set; } = 20;

    /// <summary>Binary attachments of one event from a client, 0 to 1000. Default 10, as the protocol's other servers have it.</summary>
    public int MaxAttachments { get; set; } = 10;

    /// <summary>Events of one socket that may wait for its handlers, 1 or more; above it nothing more is read from that client until one is done. Default 64: a page's burst fits, and a thousand flooding clients hold no more than 64,000 events.</summary>
    public int MaxPendingEvents { get; set; } = 64;

    /// <summary>Acknowledgements that one socket may owe, 1 or more. Default 1,000: nobody waits for more in earnest, and a client that answers none must not cost memory without end.</summary>
    public int MaxPendingAcks { get; set; } = 1_000;

    /// <summary>Keeps the sessions of clients that were cut, so that they come back to their id, rooms and missed events; null, the default, for no.</summary>
    public SocketIORecoveryOptions? Recovery { get; set; }

    /// <summary>How arguments become JSON and back. Default: camel case, as JavaScript has it. Bytes always travel as attachments.</summary>
    public JsonSerializerOptions JsonSerializerOptions { get; set; } = new(JsonSerializerDefaults.Web);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults()
    {
        foreach (var fault in base.Faults()) yield return fault;
        if (ConnectTimeout < TimeSpan.FromMilliseconds(50) || ConnectTimeout > TimeSpan.FromDays(1)) yield return $"{nameof(ConnectTimeout)} is {ConnectTimeout}; allowed is 50 ms to a day.";
        if (MaxNamespacesPerConnection < 1) yield return $"{nameof(MaxNamespacesPerConnection)} is {MaxNamespacesPerConnection}; it must be 1 or more.";
        if (MaxAttachments is < 0 or > 1000) yield return $"{nameof(MaxAttachments)} is {MaxAttachments}; allowed is 0 to 1000.";
        if (MaxPendingEvents < 1) yield return $"{nameof(MaxPendingEvents)} is {MaxPendingEvents}; it must be 1 or more.";
        if (MaxPendingAcks < 1) yield return $"{nameof(MaxPendingAcks)} is {MaxPendingAcks}; it must be 1 or more.";
        if (Recovery is null) yield break;
        if (Recovery.MaxDisconnection < TimeSpan.FromSeconds(1) || Recovery.MaxDisconnection > TimeSpan.FromDays(1)) yield return $"{nameof(Recovery)}.{nameof(Recovery.MaxDisconnection)} is {Recovery.MaxDisconnection}; allowed is a second to a day.";
        if (Recovery.MaxStoredBytes < 1024) yield return $"{nameof(Recovery)}.{nameof(Recovery.MaxStoredBytes)} is {Recovery.MaxStoredBytes}; it must be 1024 or more.";
        if (Recovery.MaxSessions < 1) yield return $"{nameof(Recovery)}.{nameof(Recovery.MaxSessions)} is {Recovery.MaxSessions}; it must be 1 or more.";
    }
}

/// <summary>Connection state recovery: a client that was cut and comes back in time is the same socket again, and gets the events that it missed.</summary>
public sealed class SocketIORecoveryOptions
{
    /// <summary>How long a session and the events for it are kept. Default 2 minutes, as the protocol's other servers have it.</summary>
    public TimeSpan MaxDisconnection { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Are middlewares passed over for a client whose session is still there? Default yes: it passed them when it first came. Say no where a right may have been taken away meanwhile.</summary>
    public bool SkipMiddleware { get; set; } = true;

    /// <summary>Most bytes of events that a namespace keeps; the oldest go first, and a client that missed one of those starts anew. Default 64 MiB.</summary>
    public long MaxStoredBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Does the application itself keep what clients miss? Then sessions alone are kept here: a client that comes back is its old socket again, <see cref="SocketIOSocket.RecoveryOffset"/> tells the last
    /// event it had, and the application sends what followed. It ends the arguments of its events with a text of its own that marks the place, which clients remember; other events must not end with a text. Default no.
    /// </summary>
    public bool ApplicationKeepsEvents { get; set; }

    /// <summary>Most sessions that a namespace keeps for clients that are away; the oldest go first. Default 10,000.</summary>
    public int MaxSessions { get; set; } = 10_000;
}
