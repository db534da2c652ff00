namespace MyTradeX.Store;

/// <summary>
/// The database cannot serve at the moment: it is down, unreachable, full, busy beyond the wait, or read-only. The request may be
/// tried again later. When thrown by a write whose connection broke during commit, the outcome is unknown.
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, without secrets.</param>
    /// <param name="inner">The driver's exception.</param>
    public StoreUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>The database's schema is not one this program can work with; start-up must stop.</summary>
public sealed class StoreSchemaException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What differs and what to do about it.</param>
    public StoreSchemaException(string message)
        : base(message)
    {
    }
}
