using Microsoft.Extensions.Logging;

namespace MyTradeX.Protocols.SocketIO;

static partial class SocketIOLog
{
    [LoggerMessage(11, LogLevel.Error, "The handler of '{Event}' failed for socket {Id} of {Namespace}")]
    public static partial void HandlerFailed(ILogger logger, Exception failure, string @namespace, string id, string @event);

    [LoggerMessage(12, LogLevel.Debug, "The arguments of '{Event}' from socket {Id} of {Namespace} cannot be read")]
    public static partial void UnreadableArguments(ILogger logger, Exception failure, string @namespace, string id, string @event);

    [LoggerMessage(13, LogLevel.Error, "A middleware of {Namespace} failed; the client is refused")]
    public static partial void MiddlewareFailed(ILogger logger, Exception failure, string @namespace);

    [LoggerMessage(14, LogLevel.Debug, "Connection {Id} may not join {Namespace}: {Message}")]
    public static partial void Refused(ILogger logger, string id, string @namespace, string message);

    [LoggerMessage(15, LogLevel.Debug, "Connection {Id} sent a packet that cannot be read: {Fault}")]
    public static partial void Unreadable(ILogger logger, string id, string fault);
}
