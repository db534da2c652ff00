using Microsoft.AspNetCore.Http;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>How a client's packets travel.</summary>
[Flags]
public enum EngineIOTransport
{
    /// <summary>HTTP long polling.</summary>
    Polling = 1,

    /// <summary>WebSocket.</summary>
    WebSocket = 2,
}

/// <summary>Settings of an Engine.IO server. Read once, when the endpoint is mapped.</summary>
public class EngineIOOptions
{
    /// <summary>Transports that a client may use. Default both.</summary>
    public EngineIOTransport Transports { get; set; } = EngineIOTransport.Polling | EngineIOTransport.WebSocket;

    /// <summary>May a client that began with polling go over to WebSocket? Default yes.</summary>
    public bool AllowUpgrades { get; set; } = true;

    /// <summary>Time from one ping to the next. Default 25 s: below the minute after which common proxies cut silent connections.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long a pong may take. Default 20 s: longer than a phone takes to change networks. A client notices a dead server after both together.</summary>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an upgrade may take. Default 10 s, which is many round trips.</summary>
    public TimeSpan UpgradeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a closed connection is given to take what was sent before. Default 5 s.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Most bytes of one WebSocket message or one polling request, 1 KiB to 1 GiB. Told to clients, which split their payloads by it. Default 1,000,000, as the protocol's other servers have it.</summary>
    public int MaxPayload { get; set; } = 1_000_000;

    /// <summary>Most bytes that may wait for one client, 1 KiB to 1 GiB; a client for which more would wait is closed as a slow reader. Default 1 MiB: seconds of a busy feed, and a thousand stuck clients cost 1 GiB at most.</summary>
    public int MaxQueuedBytes { get; set; } = 1024 * 1024;

    /// <summary>Most connections at once; further handshakes get 503. Default 10,000, some 90 MB when idle behind listeners with <c>UseWebSocketHandover</c>, twice that otherwise.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Packets a second that a client may send in the long run; twice as many in one go. Above it the connection is closed. Default 500: a program that trades hard stays below it, and a client alone cannot keep a core busy. 0 for no limit.</summary>
    public int MaxPacketsPerSecond { get; set; } = 500;

    /// <summary>Cross-origin requests. By default none of the headers that a browser asks for are sent.</summary>
    public EngineIOCorsOptions Cors { get; } = new();

    /// <summary>Name of a cookie that carries the session id, for load balancers that keep a client on one server by it; null for none, the default.</summary>
    public string? CookieName { get; set; }

    /// <summary>Looks at each handshake before it is accepted; false answers 403 with the protocol's code 4. Default null: every one is accepted. Endpoint conventions, as <c>RequireAuthorization()</c>, come before it.</summary>
    public Func<HttpContext, ValueTask<bool>>? AllowRequest { get; set; }

    /// <summary>The clock that heartbeats and limits go by.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Names each setting that is out of its range, and the range.</summary>
    public virtual IEnumerable<string> Faults()
    {
        if (Transports is 0 || (Transports & ~(EngineIOTransport.Polling | EngineIOTransport.WebSocket)) != 0) yield return $"{nameof(Transports)} must name polling, WebSocket or both.";
        foreach (var (name, value) in new[] { (nameof(PingInterval), PingInterval), (nameof(PingTimeout), PingTimeout), (nameof(UpgradeTimeout), UpgradeTimeout), (nameof(CloseTimeout), CloseTimeout) })
        {
            if (value < TimeSpan.FromMilliseconds(50) || value > TimeSpan.FromDays(1)) yield return $"{name} is {value}; allowed is 50 ms to a day.";
        }
        if (MaxPayload is < 1024 or > 1 << 30) yield return $"{nameof(MaxPayload)} is {MaxPayload}; allowed is 1024 to 1073741824 bytes.";
        if (MaxQueuedBytes is < 1024 or > 1 << 30) yield return $"{nameof(MaxQueuedBytes)} is {MaxQueuedBytes}; allowed is 1024 to 1073741824 bytes.";
        if (MaxConnections < 1) yield return $"{nameof(MaxConnections)} is {MaxConnections}; it must be 1 or more.";
        if (MaxPacketsPerSecond < 0) yield return $"{nameof(MaxPacketsPerSecond)} is {MaxPacketsPerSecond}; it must be 0 (no limit) or more.";
        if (Cors.AllowCredentials && Cors.Origins.Contains("*")) yield return $"{nameof(Cors)}: credentials need origins by name; browsers refuse them together with *.";
    }
}

/// <summary>Which pages of other origins may speak to the endpoint from a browser. An application that uses ASP.NET Core's own CORS leaves this empty and writes <c>RequireCors(…)</c> on the endpoint.</summary>
public sealed class EngineIOCorsOptions
{
    /// <summary>
    /// Origins such as <c>https://app.example.com</c>, or <c>*</c> for all. Once there is one, requests from origins that are neither listed nor the server's own – browsers name theirs, also for a WebSocket – get 403; while there is none,
    /// polling is left to the browser's same-origin rule and WebSockets are open to every page, as in the protocol's other servers: do not rest on cookies for identity then.
    /// </summary>
    public ICollection<string> Origins { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>May pages send cookies? Default no.</summary>
    public bool AllowCredentials { get; set; }

    /// <summary>Request headers that pages may set. Default <c>Content-Type</c> and <c>Authorization</c>.</summary>
    public ICollection<string> AllowedHeaders { get; } = new List<string> { "Content-Type", "Authorization" };

    internal bool Allows(string origin) => Origins.Count == 0 || Origins.Contains("*") || Origins.Contains(origin);

    /// <summary>Sets the answer's headers for a request from an origin that is allowed.</summary>
    internal void Apply(HttpContext context, string origin)
    {
        if (Origins.Count == 0) return;
        var headers = context.Response.Headers;
        var isOpen = Origins.Contains("*");
        headers.AccessControlAllowOrigin = isOpen ? "*" : origin;
        if (!isOpen) headers.Append("Vary", "Origin");
        if (AllowCredentials) headers.AccessControlAllowCredentials = "true";
        if (!HttpMethods.IsOptions(context.Request.Method)) return;
        headers.AccessControlAllowMethods = "GET, POST";
        headers.AccessControlAllowHeaders = string.Join(", ", AllowedHeaders);
        // Browsers keep a preflight's answer for two hours at most.
        headers.AccessControlMaxAge = "7200";
    }
}
