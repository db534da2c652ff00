namespace MyTradeX.Venue;

/// <summary>
/// Carries what happened, in order, from the sequencer to whoever follows it. Each subscriber works at its own pace from its own
/// queue; the feed only counts what waits, so that the doors can hold back before memory runs out.
/// </summary>
public sealed class EventFeed
{
    // Replaced as a whole by a new follower, so that every command can look without a lock.
    volatile EventSubscription[] _subscriptions = [];
    readonly Lock _gate = new();

    /// <summary>Follows everything published from now on.</summary>
    public EventSubscription Subscribe()
    {
        var subscription = new EventSubscription();
        lock (_gate) _subscriptions = [.. _subscriptions, subscription];
        return subscription;
    }

    /// <summary>The most bytes that wait for any subscriber.</summary>
    public long BacklogBytes
    {
        get
        {
            var most = 0L;
            foreach (var subscription in _subscriptions) most = Math.Max(most, subscription.BacklogBytes);
            return most;
        }
    }

    internal void Publish(EventBlock block)
    {
        lock (_gate)
            foreach (var subscription in _subscriptions) subscription.Add(block);
    }

    internal void Close()
    {
        lock (_gate)
            foreach (var subscription in _subscriptions) subscription.Close();
    }
}
