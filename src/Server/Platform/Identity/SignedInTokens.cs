namespace MyTradeX.Server.Platform.Identity;

/// <summary>Opens access tokens that come by another way than a request's headers.</summary>
internal sealed class SignedInTokens(AccessTokens tokens, SessionDirectory sessions)
{
    /// <summary>Who a token belongs to, or null when it is not good or its session has ended.</summary>
    public async ValueTask<SignedIn?> OpenAsync(string token, CancellationToken cancellation) =>
        tokens.TryOpen(token, out var claims) == TokenFault.None && await sessions.FindAsync(claims, cancellation) is { } caller ? new(caller, claims) : null;
}
