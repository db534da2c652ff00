using Microsoft.AspNetCore.Authentication;

namespace MyTradeX.Server.Platform.Identity;

/// <summary>
/// Finds out who sends a request, by ASP.NET Core's default scheme. A token that was found good before is looked at in memory alone – its times,
/// its session, its user – without the services that the framework makes for each request.
/// </summary>
internal sealed class Callers(RequestDelegate next, AccessTokens tokens, SessionDirectory sessions)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (Recall(context.Request.Headers.Authorization) is not { } known)
            return AuthenticateAsync(context);
        context.User = known;
        return next(context);
    }

    CallerPrincipal? Recall(string? authorization) =>
        authorization is not null && TokenAuthentication.TryTakeToken(authorization, out var token) && tokens.TryRecall(token, out var claims)
            && claims.LastCaller is { } last && sessions.IsStill(last.Caller, claims) ? last : null;

    async Task AuthenticateAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync();
        if (result.Principal is { } principal)
            context.User = principal;
        await next(context);
    }
}
