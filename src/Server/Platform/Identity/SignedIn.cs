using System.Security.Claims;
using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Platform.Identity;

/// <summary>A caller with the token that proves it, for connections that live longer than a request and must end with their token.</summary>
internal sealed record SignedIn(Caller Caller, AccessClaims Claims)
{
    /// <summary>When the token ends.</summary>
    public DateTimeOffset ExpiresAt => DateTimeOffset.FromUnixTimeSeconds(Claims.ExpiresAt);

    public static SignedIn? Of(ClaimsPrincipal principal) => principal is CallerPrincipal caller ? new(caller.Caller, caller.Token) : null;

    public static ValueTask<SignedIn> BindAsync(HttpContext context) =>
        ValueTask.FromResult(Of(context.User) ?? throw new ApiException(ErrorCode.Unauthorized, "Sign in first."));
}

/// <summary>Marks endpoints that take the access token from the query, <c>?token=</c>, too: a browser's EventSource and WebSocket cannot send headers.</summary>
internal sealed class TokenInQuery
{
    public const string Name = "token";
}
