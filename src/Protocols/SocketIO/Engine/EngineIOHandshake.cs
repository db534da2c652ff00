using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>The request that opened a connection, kept after it: with polling a connection outlives its requests.</summary>
public sealed class EngineIOHandshake
{
    internal EngineIOHandshake(HttpContext context, DateTimeOffset time)
    {
        Headers = new Dictionary<string, StringValues>(context.Request.Headers, StringComparer.OrdinalIgnoreCase);
        Query = context.Request.Query;
        User = context.User;
        RemoteAddress = context.Connection.RemoteIpAddress;
        IsSecure = context.Request.IsHttps;
        Time = time;
    }

    /// <summary>The request's headers.</summary>
    public IReadOnlyDictionary<string, StringValues> Headers { get; }

    /// <summary>The request's query, the protocol's own parameters included.</summary>
    public IQueryCollection Query { get; }

    /// <summary>Who the application's authentication says it is.</summary>
    public ClaimsPrincipal User { get; }

    /// <summary>Where it came from, as the host sees it.</summary>
    public IPAddress? RemoteAddress { get; }

    /// <summary>Did it come over TLS?</summary>
    public bool IsSecure { get; }

    /// <summary>When it came, UTC.</summary>
    public DateTimeOffset Time { get; }
}
