using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Realtime;

/// <summary>How many messages one connection may still send: so many at once, refilled with time. For one thread at a time.</summary>
internal sealed class MessageBudget(TimeProvider clock)
{
    /// <summary>Messages a second in the long run, and at once; a person types one, a program subscribes to a screenful.</summary>
    const int PerSecond = 50, AtOnce = 200;

    /// <summary>Why a connection that sends more is ended.</summary>
    public static Refusal Exceeded { get; } = new(ErrorCode.RateLimitExceeded, $"More than {PerSecond} messages a second");

    double _left = AtOnce;
    long _at = clock.GetTimestamp();

    public bool TryTake()
    {
        var now = clock.GetTimestamp();
        _left = Math.Min(AtOnce, _left + (clock.GetElapsedTime(_at, now).TotalSeconds * PerSecond));
        _at = now;
        if (_left < 1)
            return false;
        _left--;
        return true;
    }
}
