namespace MyTradeX.Cli.Drills;

/// <summary>The server's process ended by itself, or does not answer. The message carries what it printed.</summary>
internal sealed class ServerFailedException(string message) : Exception(message);
