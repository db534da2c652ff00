using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Platform.Identity;

/// <summary>Who sent this request. An endpoint takes it as a parameter; the group's policy has made sure there is one.</summary>
/// <param name="UserId">The number in <c>user-12</c>.</param>
/// <param name="Role">The user's role now, not when the token was issued.</param>
/// <param name="SessionId">The sign-in the token belongs to.</param>
internal sealed record Caller(long UserId, UserRole Role, string SessionId)
{
    /// <summary><c>user-12</c>.</summary>
    public string Id => Ids.User(UserId);

    public bool May(Permission permission) => Roles.Allow(Role, permission);

    /// <summary>The rule for what belongs to one user: that user, or an administrator.</summary>
    public bool MayActFor(long userId) => UserId == userId || May(Permission.ManageUsers);

    /// <exception cref="ApiException"><c>FORBIDDEN</c> unless <see cref="MayActFor"/>.</exception>
    public void RequireActFor(long userId)
    {
        if (!MayActFor(userId))
            throw new ApiException(ErrorCode.Forbidden, "Only the user themselves or an administrator may do this.");
    }

    public static Caller? Of(ClaimsPrincipal principal) => (principal as CallerPrincipal)?.Caller;

    public static ValueTask<Caller> BindAsync(HttpContext context) =>
        ValueTask.FromResult(Of(context.User) ?? throw new ApiException(ErrorCode.Unauthorized, "Sign in first."));
}

/// <summary>Carries the <see cref="Caller"/> as ASP.NET Core's principal. Shared by all requests with one token, so nobody may add to it.</summary>
internal sealed class CallerPrincipal : ClaimsPrincipal
{
    public CallerPrincipal(Caller caller, AccessClaims token) : base(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.Id)], TokenAuthentication.Scheme))
    {
        (Caller, Token) = (caller, token);
        Result = Task.FromResult(AuthenticateResult.Success(new(this, TokenAuthentication.Scheme)));
    }

    public Caller Caller { get; }

    /// <summary>The token that proves it.</summary>
    public AccessClaims Token { get; }

    /// <summary>What ASP.NET Core calls having found the caller.</summary>
    public Task<AuthenticateResult> Result { get; }
}
