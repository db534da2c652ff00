namespace MyTradeX.Server.Realtime;

/// <summary>How many messages one connection may still send: so many at once, refilled with time. For one thread at a time.</summary>
internal sealed class MessageBudget(int perSecond, int atOnce, TimeProvider clock)
{
    double _left = atOnce;
    long _at = clock.GetTimestamp();

    public bool TryTake()
    {
        var now = clock.GetTimestamp();
        _left = Math.Min(atOnce, _left + (clock.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
        if (_left < 1)
            return false;
        _left--;
        return true;
    }
}
