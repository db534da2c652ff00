namespace MyTradeX.Server.Platform.Requests;

/// <summary>Headers that keep browsers from guessing, framing, leaking or running what they were not given.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, IHostEnvironment environment)
{
    const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";
    // Pages run our own scripts and styles alone. Style attributes are what charts and the documentation page need inline.
    const string PagePolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        if (context.Request.Path.StartsWithSegments("/api"))
            headers.ContentSecurityPolicy = ApiPolicy;
        else
        {
            // These rule what a document may do; an answer of the API is none.
            headers.ContentSecurityPolicy = PagePolicy;
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        }
        if (context.Request.IsHttps && !environment.IsDevelopment())
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        return next(context);
    }
}
