namespace MyTradeX.Server.Realtime;

/// <summary>A session's place in a topic.</summary>
internal sealed class Subscription(RealtimeSession session, Topic topic, long after)
{
    public Topic Topic => topic;

    /// <summary>The last event that the session has had, or that was before its time.</summary>
    public long After { get; set; } = after;

    /// <summary>Whether it has been read from since it was made. Until then, what is missing was missed while the client was away.</summary>
    public bool IsLive { get; set; }

    /// <summary>The last event that is in the state that the session is being told, or 0. More may have happened than is taken.</summary>
    public long StateThrough { get; set; }

    /// <summary>Whether what is missing lies beyond what is being taken, and is to be told later.</summary>
    public bool IsPostponed { get; set; }

    /// <summary>Whether there is something that the session has not had.</summary>
    public bool HasNews => !IsLive || topic.NewestId > After;

    /// <summary>Wakes the session: there is more.</summary>
    public void Notify() => session.Wake();
}
