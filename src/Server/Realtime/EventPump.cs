using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Realtime;

/// <summary>
/// Moves a session's events to a connection that never blocks: on a thread that it shares with others, when there is something new and the connection has room. While much waits to be
/// written nothing is taken, so that what the client is too slow for is folded together in the topics and not piled up here.
/// </summary>
internal abstract class EventPump(PumpThread thread) : IWakeable
{
    /// <summary>Bytes waiting beyond which a client counts as slow: more than one write of a busy feed, less than a second of it.</summary>
    const int SlowBytes = 128 * 1024;

    // Between a session and a connection for the length of a turn: one a thread, since most connections have nothing under way.
    [ThreadStatic]
    static List<RealtimeEvent>? t_events;

    int _isAsked;
    int _isBlocked;

    /// <summary>The session; set before the first wake-up.</summary>
    public RealtimeSession Session { get; set; } = null!;

    /// <summary>Bytes that wait to be written.</summary>
    protected abstract int QueuedBytes { get; }

    /// <summary>The door's name, for the metrics.</summary>
    protected abstract string Door { get; }

    /// <summary>Queues an event. False when it cannot be, and the connection is done for.</summary>
    protected abstract bool TrySend(RealtimeEvent e);

    /// <summary>Has written what is queued.</summary>
    protected abstract void Flush();

    /// <summary>Has <see cref="Drained"/> called each time everything queued has been written. Asked for again and again, and not before a client is slow: most never are.</summary>
    protected abstract void WatchDraining();

    /// <summary>Ends the connection and tells the client why.</summary>
    protected abstract void End(Refusal why);

    /// <summary>There is something new, or room again.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _isAsked, 1) == 0)
            thread.Ask(this);
    }

    /// <summary>Everything queued has been written.</summary>
    public void Drained()
    {
        if (Interlocked.Exchange(ref _isBlocked, 0) == 1)
            Wake();
    }

    /// <summary>Moves what there is. Called by its thread alone.</summary>
    public void TakeTurn()
    {
        // Whatever comes from now on asks for another turn.
        Interlocked.Exchange(ref _isAsked, 0);
        Pump();
    }

    void Pump()
    {
        var events = t_events ??= [];
        for (var more = true; more;)
        {
            // A turn that failed may have left some, which are another client's.
            events.Clear();
            if (QueuedBytes > SlowBytes)
            {
                Session.IsSlow = true;
                WatchDraining();
                // A fence as well: what drains now and what is looked at next are two sides of the same question.
                Interlocked.Exchange(ref _isBlocked, 1);
                // If it drained just before, nobody else would say so.
                if (QueuedBytes > 0 || Interlocked.Exchange(ref _isBlocked, 0) == 0)
                    return;
            }
            more = Session.Take(events);
            Session.IsSlow = false;
            foreach (var e in events)
                if (!TrySend(e))
                {
                    events.Clear();
                    RealtimeMetrics.Closed(Door, RealtimeHub.TooSlow.Code.Name);
                    End(RealtimeHub.TooSlow);
                    return;
                }
            Flush();
            RealtimeMetrics.Delivered(Door, events.Count);
            events.Clear();
            if (Session.ClosedBecause is { } why)
            {
                RealtimeMetrics.Closed(Door, why.Code.Name);
                End(why);
                return;
            }
        }
    }
}
