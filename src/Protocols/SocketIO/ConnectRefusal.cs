namespace MyTradeX.Protocols.SocketIO;

/// <summary>Why a client may not join a namespace; it gets a <c>connect_error</c> with both.</summary>
/// <param name="Message">The error's message.</param>
/// <param name="Data">More for the client's program, as <c>error.data</c>; null for nothing.</param>
public sealed record ConnectRefusal(string Message, object? Data = null);
