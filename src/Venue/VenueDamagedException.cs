namespace MyTradeX.Venue;

/// <summary>Journal, snapshots and database do not fit together, and the venue refuses to start. The message says what does not fit and what to do.</summary>
public sealed class VenueDamagedException(string message, Exception? cause = null) : Exception(message, cause);
