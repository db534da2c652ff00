using Microsoft.AspNetCore.Http;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>The protocol's refusals: an HTTP status and a body with a code that clients know.</summary>
sealed record EngineIOError(int Status, int Code, string Message)
{
    public static readonly EngineIOError UnknownTransport = new(StatusCodes.Status400BadRequest, 0, "Transport unknown");
    public static readonly EngineIOError UnknownSession = new(StatusCodes.Status400BadRequest, 1, "Session ID unknown");
    public static readonly EngineIOError BadHandshakeMethod = new(StatusCodes.Status400BadRequest, 2, "Bad handshake method");
    public static readonly EngineIOError BadRequest = new(StatusCodes.Status400BadRequest, 3, "Bad request");
    public static readonly EngineIOError Forbidden = new(StatusCodes.Status403Forbidden, 4, "Forbidden");
    public static readonly EngineIOError UnsupportedVersion = new(StatusCodes.Status400BadRequest, 5, "Unsupported protocol version");
    public static readonly EngineIOError TooLarge = new(StatusCodes.Status413PayloadTooLarge, 3, "Payload too large");
    public static readonly EngineIOError TooManyConnections = new(StatusCodes.Status503ServiceUnavailable, 3, "Too many connections");

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        if (Status == StatusCodes.Status503ServiceUnavailable) context.Response.Headers.RetryAfter = "5";
        return context.Response.WriteAsync($$"""{"code":{{Code}},"message":"{{Message}}"}""");
    }
}
