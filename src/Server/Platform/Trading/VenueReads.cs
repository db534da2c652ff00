namespace MyTradeX.Server.Platform.Trading;

/// <summary>How reads stay in step with writes.</summary>
internal static class VenueReads
{
    /// <summary>How long a read waits for what it must see before it gives up with 503.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(2);

    /// <summary>Completes when SQL holds everything that was answered before this call. Every read from SQL history begins with it.</summary>
    /// <exception cref="Venue.VenueUnavailableException">History did not come that far in time.</exception>
    public static Task CatchUpAsync(this Venue.Venue venue, CancellationToken cancellation) =>
        venue.WaitForHistoryAsync(venue.Sequence, WaitMax, cancellation);
}
