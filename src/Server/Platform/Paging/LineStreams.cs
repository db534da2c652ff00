using System.Collections.Concurrent;
using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Limits;

namespace MyTradeX.Server.Platform.Paging;

/// <summary>What lists under way have in common: how many a user may have, and what ends them early.</summary>
internal sealed class LineStreams(SessionDirectory sessions, RateLimitOptions limits, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    readonly ConcurrentDictionary<long, int> _underWay = [];

    public static Refusal GoingDown { get; } = new(ErrorCode.ServiceUnavailable, "The server is going down; ask again.");

    static readonly Refusal
        Expired = new(ErrorCode.Unauthorized, "The access token has expired; refresh it and ask again."),
        Ended = new(ErrorCode.Unauthorized, "The session has ended; sign in again.");

    /// <summary>Cancelled when the server is going down.</summary>
    public CancellationToken Stopping => lifetime.ApplicationStopping;

    /// <summary>Counts a stream of a user's, until it is disposed of.</summary>
    /// <exception cref="ApiException"><c>RATE_LIMIT_EXCEEDED</c> when the user has as many as they may.</exception>
    public IDisposable Take(Caller caller)
    {
        var seat = new Seat(this, caller.UserId);
        if (_underWay.AddOrUpdate(caller.UserId, 1, (_, count) => count + 1) <= limits.UserStreams)
            return seat;
        seat.Dispose();
        throw new ApiException(new Refusal(ErrorCode.RateLimitExceeded, $"More than {limits.UserStreams} whole lists at a time.", new() { Limit = limits.UserStreams }) { RetryAfterSeconds = 1 });
    }

    /// <summary>Makes sure that a reader may still read: a long list can outlive its token.</summary>
    /// <exception cref="ApiException"><c>UNAUTHORIZED</c>, or <c>SERVICE_UNAVAILABLE</c> when the server is going down.</exception>
    public async ValueTask RequireGoodAsync(SignedIn signedIn, CancellationToken cancellation)
    {
        if (Stopping.IsCancellationRequested)
            throw new ApiException(GoingDown);
        if (signedIn.ExpiresAt <= clock.GetUtcNow())
            throw new ApiException(Expired);
        if (await sessions.FindAsync(signedIn.Claims, cancellation) is null)
            throw new ApiException(Ended);
    }

    void Leave(long user)
    {
        if (_underWay.AddOrUpdate(user, 0, (_, count) => count - 1) == 0)
            _underWay.TryRemove(new KeyValuePair<long, int>(user, 0));
    }

    sealed class Seat(LineStreams streams, long user) : IDisposable
    {
        public void Dispose() => streams.Leave(user);
    }
}
