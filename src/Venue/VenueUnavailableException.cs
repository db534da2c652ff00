namespace MyTradeX.Venue;

/// <summary>The venue cannot take the command now. Nothing of it was done, unless <see cref="OutcomeUnknown"/>.</summary>
public sealed class VenueUnavailableException(string reason, TimeSpan retryAfter, bool outcomeUnknown = false) : Exception(reason)
{
    /// <summary>When it is sensible to try again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;

    /// <summary>Whether the command may have been written all the same. The same request key or client order id tells.</summary>
    public bool OutcomeUnknown { get; } = outcomeUnknown;
}
