namespace MyTradeX.Venue.Reconciliation;

/// <summary>
/// Whether a row that is missing in SQL can have been let go by retention. Retention goes from the oldest on and never touches what is younger than
/// the shortest time that can be set: so no older row of the kind may be there still, and the row must be old enough.
/// </summary>
/// <param name="youngest">Time after which nothing can have been let go, microseconds since 1970 UTC.</param>
sealed class RetainedHistory(long youngest)
{
    long _oldestKept = long.MaxValue;

    /// <summary>Rows that retention has let go.</summary>
    public long LetGo { get; private set; }

    /// <summary>Notes a row that is there, by where it comes in the order in which retention goes.</summary>
    public void Kept(long place) => _oldestKept = Math.Min(_oldestKept, place);

    /// <summary>Whether a missing row can have been let go.</summary>
    public bool MayBeGone(long place, long time)
    {
        if (time >= youngest || place > _oldestKept) return false;
        LetGo++;
        return true;
    }
}
