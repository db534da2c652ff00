namespace MyTradeX.Server.Realtime;

/// <summary>A session's place in a topic.</summary>
internal sealed class Subscription(RealtimeSession session, Topic topic, long after)
{
    int _hasNews;

    public Topic Topic => topic;

    /// <summary>The last event that the session has had, or that was before its time.</summary>
    public long After { get; set; } = after;

    /// <summary>Whether it has been read from since it was made. Until then, what is missing was missed while the client was away.</summary>
    public bool IsLive { get; set; }

    /// <summary>Notes that there is more, and wakes the session.</summary>
    public void Notify()
    {
        Volatile.Write(ref _hasNews, 1);
        session.Wake();
    }

    /// <summary>Whether there may be more since the last asking.</summary>
    public bool TakeNews() => Interlocked.Exchange(ref _hasNews, 0) != 0;

    /// <summary>Notes that not all was taken.</summary>
    public void KeepNews() => Volatile.Write(ref _hasNews, 1);
}
