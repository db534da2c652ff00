using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Platform.Identity;

/// <summary>Finds the caller in <c>Authorization: Bearer …</c> or, for browsers, in the session cookie with its CSRF proof.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder,
    AccessTokens tokens, SessionDirectory sessions, SessionCookies cookies)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public new const string Scheme = "Bearer";

    Refusal _refusal = new(ErrorCode.Unauthorized, "Sign in first: send the access token as Authorization: Bearer …");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var authorization = Request.Headers.Authorization.ToString();
        var inHeader = TryTakeToken(authorization, out var token);
        if (!inHeader && authorization.Length == 0)
            token = Request.Cookies[SessionCookies.Access];
        if (token.IsEmpty && Context.GetEndpoint()?.Metadata.GetMetadata<TokenInQuery>() is not null)
            token = Request.Query[TokenInQuery.Name].ToString();
        if (token.IsEmpty)
            return AuthenticateResult.NoResult();

        var fault = tokens.TryOpen(token, out var claims);
        if (fault != TokenFault.None)
            return Refuse(fault == TokenFault.Expired ? "The access token has expired; refresh it." : "The access token is not valid.");
        if (await sessions.FindAsync(claims, Context.RequestAborted) is not { } caller)
            return Refuse("The session has ended; sign in again.");
        if (!inHeader && !SessionCookies.IsSafe(Request.Method) && !cookies.IsProven(Request, caller.SessionId))
        {
            _refusal = MissingCsrf;
            return AuthenticateResult.Fail(_refusal.Message);
        }
        var principal = new CallerPrincipal(caller, claims);
        if (inHeader)
            claims.LastCaller = principal;
        return await principal.Result;
    }

    /// <summary>The token in an <c>Authorization</c> header of this scheme.</summary>
    public static bool TryTakeToken(string authorization, out ReadOnlySpan<char> token)
    {
        const string prefix = "Bearer ";
        var isBearer = authorization.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
        token = isBearer ? authorization.AsSpan(prefix.Length).Trim() : default;
        return isBearer;
    }

    /// <summary>What a cookie session hears that changes something without proving where the request was written.</summary>
    public static Refusal MissingCsrf { get; } = new(ErrorCode.Forbidden,
        $"A cookie session must send the value of the cookie {SessionCookies.Csrf} in the header {SessionCookies.CsrfHeader}.",
        new() { Field = SessionCookies.CsrfHeader, Reason = $"must equal the cookie {SessionCookies.Csrf}" });

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_refusal.Code == ErrorCode.Unauthorized)
            Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count == 0 ? "Bearer" : "Bearer error=\"invalid_token\"";
        return EnvelopeWriter.RefuseAsync(Context, _refusal);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var needed = Context.GetEndpoint()?.Metadata.GetMetadata<RequiredPermission>();
        return EnvelopeWriter.RefuseAsync(Context, needed is null
            ? new(ErrorCode.Forbidden, "You may not do this.")
            : new(ErrorCode.Forbidden, $"This needs the permission {WireName.Of(needed.Permission)}, which your role does not have."));
    }

    AuthenticateResult Refuse(string message)
    {
        _refusal = new(ErrorCode.Unauthorized, message);
        return AuthenticateResult.Fail(message);
    }
}
