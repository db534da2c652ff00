using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace MyTradeX.Protocols.WebSockets;

/// <summary>The server's side of the opening handshake: RFC 6455 §4.2 on HTTP/1.1, RFC 8441 on HTTP/2. Extensions are not negotiated; in particular there is no compression, whose window would cost every idle connection tens of kilobytes.</summary>
public static class WebSocketAcceptor
{
    const string Version = "13";

    /// <summary>Does the request ask for a WebSocket? A request that does may still be refused for what is wrong with it.</summary>
    public static bool IsWebSocketRequest(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ExtendedConnect(context) is not null || (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } && NamesToken(context.Request.Headers.Upgrade, "websocket"));
    }

    /// <summary>Accepts the handshake and has the connection served, or answers the request with what is wrong with it: 426 when it asks for no WebSocket or another version of it, 503 when the server has as many as it may, 400 for all else.</summary>
    /// <param name="context">The request. When this comes back it must be left to end.</param>
    /// <param name="options">Limits and times of the connection.</param>
    /// <param name="wheel">Where its deadlines turn.</param>
    /// <param name="serve">
    /// Receives until the connection has ended; disposed of it is afterwards. Called exactly once for a request that was accepted, within it or, with <c>UseDirectSockets</c>, once it has ended:
    /// so it must hold neither the request's context nor its services.
    /// </param>
    /// <returns>Whether it was accepted. The connection may still be open.</returns>
    public static async Task<bool> ServeAsync(HttpContext context, WebSocketConnectionOptions options, DeadlineWheel wheel, Func<WebSocketConnection, Task> serve)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(wheel);
        ArgumentNullException.ThrowIfNull(serve);
        var headers = context.Request.Headers;
        if (!IsWebSocketRequest(context))
        {
            context.Response.Headers.Upgrade = "websocket";
            if (HttpProtocol.IsHttp11(context.Request.Protocol)) context.Response.Headers.Connection = HeaderNames.Upgrade;
            return await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "This address speaks WebSocket alone.");
        }
        if (headers.SecWebSocketVersion != Version)
        {
            context.Response.Headers.SecWebSocketVersion = Version;
            return await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "Sec-WebSocket-Version must be 13.");
        }
        if (!TryChooseSubprotocol(headers.SecWebSocketProtocol, options.Subprotocols, out var subprotocol))
            return await RefuseAsync(context, StatusCodes.Status400BadRequest, "Sec-WebSocket-Protocol must be a list of different tokens.");

        AcceptedWebSocket accepted = new(options, wheel, subprotocol, serve);
        // A peer that reads slowly is judged by the connection's own bounds and pings, not by the host's byte rate, which would cut it without a word.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = null;
        if (subprotocol is not null) context.Response.Headers.SecWebSocketProtocol = subprotocol;
        if (ExtendedConnect(context) is { } connect)
        {
            await ServeAsync(accepted, await connect.AcceptAsync(), context.Abort);
            return true;
        }

        var key = headers.SecWebSocketKey;
        if (!IsKey(key)) return await RefuseAsync(context, StatusCodes.Status400BadRequest, "Sec-WebSocket-Key must be 16 bytes in base64.");
        if (!HttpMethods.IsGet(context.Request.Method)) return await RefuseAsync(context, StatusCodes.Status400BadRequest, "The method must be GET.");
        var left = WebSocketHandover.Of(context);
        if (left?.Handover.TryReserve() is false) return await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The server has as many WebSockets as it may.");
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.SecWebSocketAccept = AcceptFor(key!);
        var upgrade = context.Features.GetRequiredFeature<IHttpUpgradeFeature>();
        if (left is not var (handover, connection))
        {
            await ServeAsync(accepted, await upgrade.UpgradeAsync(), context.Abort);
            return true;
        }
        try
        {
            await upgrade.UpgradeAsync();
        }
        catch
        {
            handover.Release();
            throw;
        }
        connection.LeaveSocketTo((socket, received) => handover.Serve(accepted, socket, received));
        return true;
    }

    /// <summary>RFC 6455 §4.2.2: proof that the server read the key.</summary>
    internal static string AcceptFor(string key)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The protocol asks for SHA-1; nothing rests on its strength.
        SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"), hash);
#pragma warning restore CA5350
        return Convert.ToBase64String(hash);
    }

    static async Task ServeAsync(AcceptedWebSocket accepted, Stream stream, Action abort)
    {
        await using var connection = accepted.Open(stream, abort);
        await accepted.Serve(connection);
    }

    static IHttpExtendedConnectFeature? ExtendedConnect(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect && string.Equals(connect.Protocol, "websocket", StringComparison.OrdinalIgnoreCase) ? connect : null;

    static bool IsKey(StringValues key) => key.Count == 1 && key[0] is { Length: 24 } text && Base64.IsValid(text, out var length) && length == 16;

    static bool TryChooseSubprotocol(StringValues offers, IReadOnlyList<string> spoken, out string? chosen)
    {
        chosen = null;
        if (offers.Count == 0) return true;
        HashSet<string> offered = [];
        foreach (var line in offers)
        {
            foreach (var part in (line ?? "").Split(','))
            {
                var token = part.Trim(' ', '\t');
                if (!IsToken(token) || !offered.Add(token)) return false;
            }
        }
        chosen = spoken.FirstOrDefault(offered.Contains);
        return true;
    }

    /// <summary>RFC 9110 §5.6.2.</summary>
    static bool IsToken(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c));

    static bool NamesToken(StringValues lines, string token) =>
        lines.Any(line => line is not null && line.Split(',').Any(part => part.Trim().Equals(token, StringComparison.OrdinalIgnoreCase)));

    static async Task<bool> RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(message, context.RequestAborted);
        return false;
    }
}
