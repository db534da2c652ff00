namespace MyTradeX.Venue;

/// <summary>
/// Carries what happened, in order, from the sequencer to whoever follows it. Each subscriber works at its own pace from its own
/// queue; the feed only counts what waits, so that the doors can hold back before memory runs out.
/// </summary>
public sealed class EventFeed
{
    readonly List<EventSubscription> _subscriptions = [];

    /// <summary>Follows everything published from now on.</summary>
    public EventSubscription Subscribe()
    {
        var subscription = new EventSubscription();
        lock (_subscriptions) _subscriptions.Add(subscription);
        return subscription;
    }

    /// <summary>The most bytes that wait for any subscriber.</summary>
    public long BacklogBytes
    {
        get
        {
            lock (_subscriptions) return _subscriptions.Count == 0 ? 0 : _subscriptions.Max(subscription => subscription.BacklogBytes);
        }
    }

    internal void Publish(EventBlock block)
    {
        lock (_subscriptions)
            foreach (var subscription in _subscriptions) subscription.Add(block);
    }

    internal void Close()
    {
        lock (_subscriptions)
            foreach (var subscription in _subscriptions) subscription.Close();
    }
}
