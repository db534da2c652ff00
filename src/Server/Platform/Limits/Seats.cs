using System.Collections.Concurrent;
using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;

namespace MyTradeX.Server.Platform.Limits;

/// <summary>How many lasting requests of a kind a user may have under way. One limit for all rates would count such a request once, however long it takes.</summary>
/// <param name="each">Most for one user.</param>
/// <param name="what">Names them in the refusal, in the plural.</param>
internal sealed class Seats(int each, string what)
{
    readonly ConcurrentDictionary<long, int> _taken = [];

    /// <summary>Takes a seat, until it is disposed of.</summary>
    /// <exception cref="ApiException"><c>RATE_LIMIT_EXCEEDED</c> when the user has as many as they may.</exception>
    public IDisposable Take(Caller caller)
    {
        var seat = new Seat(this, caller.UserId);
        if (_taken.AddOrUpdate(caller.UserId, 1, (_, count) => count + 1) <= each)
            return seat;
        seat.Dispose();
        throw new ApiException(new Refusal(ErrorCode.RateLimitExceeded, $"More than {each} {what} at a time.", new() { Limit = each }) { RetryAfterSeconds = 1 });
    }

    void Leave(long user)
    {
        if (_taken.AddOrUpdate(user, 0, (_, count) => count - 1) == 0)
            _taken.TryRemove(new KeyValuePair<long, int>(user, 0));
    }

    sealed class Seat(Seats seats, long user) : IDisposable
    {
        public void Dispose() => seats.Leave(user);
    }
}
