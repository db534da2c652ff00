using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Limits;

namespace MyTradeX.Server.Platform.Paging;

/// <summary>What lists under way have in common: how many a user may have, and what ends them early.</summary>
internal sealed class LineStreams(SessionDirectory sessions, RateLimitOptions limits, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    readonly Seats _seats = new(limits.UserStreams, "whole lists");

    public static Refusal GoingDown { get; } = new(ErrorCode.ServiceUnavailable, "The server is going down; ask again.");

    static readonly Refusal
        Expired = new(ErrorCode.Unauthorized, "The access token has expired; refresh it and ask again."),
        Ended = new(ErrorCode.Unauthorized, "The session has ended; sign in again.");

    /// <summary>Cancelled when the server is going down.</summary>
    public CancellationToken Stopping => lifetime.ApplicationStopping;

    /// <summary>Counts a stream of a user's, until it is disposed of.</summary>
    /// <exception cref="ApiException"><c>RATE_LIMIT_EXCEEDED</c> when the user has as many as they may.</exception>
    public IDisposable Take(Caller caller) => _seats.Take(caller);

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
}
