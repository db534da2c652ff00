using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace MyTradeX.Server.Platform.Identity;

/// <summary>
/// Sessions of browsers: tokens in httpOnly cookies that no script can read, and a signed double-submit token against forged requests.
/// The CSRF token is a function of the session, so one planted by another site does not fit.
/// </summary>
internal sealed class SessionCookies(KeyRing keys, AuthOptions options, IHostEnvironment environment)
{
    public const string Access = "mtx_access";
    public const string Refresh = "mtx_refresh";
    public const string Csrf = "mtx_csrf";
    public const string CsrfHeader = "X-CSRF-Token";

    readonly byte[] _key = keys.Derive("csrf");

    /// <summary>The CSRF token of a session.</summary>
    public string CsrfTokenOf(string sessionId) => WebEncoders.Base64UrlEncode(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(sessionId)));

    /// <summary>Sets all three cookies.</summary>
    public void Set(HttpContext context, string accessToken, string refreshToken, string sessionId)
    {
        var (access, refresh) = (TimeSpan.FromSeconds(options.AccessTokenSeconds), TimeSpan.FromDays(options.RefreshTokenDays));
        var cookies = context.Response.Cookies;
        cookies.Append(Access, accessToken, Attributes(context, "/", access));
        cookies.Append(Refresh, refreshToken, Attributes(context, "/api", refresh));
        cookies.Append(Csrf, CsrfTokenOf(sessionId), Attributes(context, "/", refresh, httpOnly: false));
    }

    /// <summary>Takes all three away.</summary>
    public void Clear(HttpContext context)
    {
        var cookies = context.Response.Cookies;
        cookies.Delete(Access, Attributes(context, "/"));
        cookies.Delete(Refresh, Attributes(context, "/api"));
        cookies.Delete(Csrf, Attributes(context, "/", httpOnly: false));
    }

    /// <summary>Whether an unsafe request proves that it was written by our own page: header and cookie both hold the session's token.</summary>
    public bool IsProven(HttpRequest request, string sessionId)
    {
        var expected = Encoding.ASCII.GetBytes(CsrfTokenOf(sessionId));
        return Matches(request.Headers[CsrfHeader]) && Matches(request.Cookies[Csrf]);

        bool Matches(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected);
    }

    public static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    CookieOptions Attributes(HttpContext context, string path, TimeSpan? life = null, bool httpOnly = true) => new()
    {
        HttpOnly = httpOnly,
        Path = path,
        MaxAge = life,
        SameSite = SameSiteMode.Strict,
        // TLS usually ends at a gateway, so the scheme seen here does not decide; plain HTTP is for Development.
        Secure = context.Request.IsHttps || !environment.IsDevelopment(),
    };
}
