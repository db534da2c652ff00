using Microsoft.Extensions.Logging;

namespace MyTradeX.Protocols.SocketIO;

static partial class EngineIOLog
{
    [LoggerMessage(1, LogLevel.Debug, "Connection {Id} opened by {Transport} from {Address}")]
    public static partial void Opened(ILogger logger, string id, string transport, System.Net.IPAddress? address);

    [LoggerMessage(2, LogLevel.Debug, "Connection {Id} closed: {Reason}")]
    public static partial void Closed(ILogger logger, string id, string reason);

    [LoggerMessage(3, LogLevel.Debug, "Request refused: {Message}")]
    public static partial void Refused(ILogger logger, string message);

    [LoggerMessage(4, LogLevel.Error, "The handler of connection {Id} failed; the connection is closed")]
    public static partial void HandlerFailed(ILogger logger, Exception failure, string id);
}
