using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;
using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Platform.Requests;

/// <summary>Section <c>Versions</c>: which versions are on their way out.</summary>
internal sealed class VersionsOptions
{
    /// <summary>Version 1.</summary>
    public VersionLifecycle V1 { get; init; } = new();

    /// <summary>Version 2.</summary>
    public VersionLifecycle V2 { get; init; } = new();
}

/// <summary>When a version was declared old, and when it ends.</summary>
internal sealed class VersionLifecycle : IValidatableObject
{
    /// <summary>From when it is deprecated (ISO 8601); absent: it is not.</summary>
    public DateTimeOffset? DeprecatedAt { get; init; }

    /// <summary>From when it may no longer answer (ISO 8601); needs <see cref="DeprecatedAt"/>.</summary>
    public DateTimeOffset? SunsetAt { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SunsetAt is not null && (DeprecatedAt is null || SunsetAt < DeprecatedAt))
            yield return new("must come with an earlier DeprecatedAt", [nameof(SunsetAt)]);
    }
}

/// <summary>
/// Settles the version and takes it out of the path, so that every endpoint is mapped once, under <c>/api</c>.
/// The path decides (<c>/api/v2/…</c>), else <c>Accept: application/vnd.mytradex.v2+json</c>, else <c>?version=2</c>, else version 1.
/// </summary>
internal sealed partial class ApiVersions(RequestDelegate next, VersionsOptions versions)
{
    const int Latest = 2;
    const string Root = "/api";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments(Root))
            return next(context);

        var info = context.Info();
        var accept = request.Headers.Accept.ToString();
        info.AnswersProblems = accept.Contains("application/problem+json", StringComparison.OrdinalIgnoreCase);

        string? asked;
        var rest = request.Path.Value.AsSpan(Root.Length);
        if (InPath(rest) is { Length: > 0 } number)
        {
            asked = number is "1" ? "1" : number is "2" ? "2" : number.ToString();
            request.Path = new PathString(string.Concat(Root, rest["/v".Length..][number.Length..]));
        }
        else
        {
            context.Response.Headers.Append("Vary", "Accept");
            asked = InAccept().Match(accept) is { Success: true } vendor ? vendor.Groups[1].Value : InQuery(request.Query["version"]);
        }

        if (asked is not (null or "1" or "2"))
            return EnvelopeWriter.RefuseAsync(context, new(ErrorCode.UnsupportedApiVersion,
                $"API version {Shown(asked)} does not exist; the versions are 1 and {Latest}.",
                new() { Field = "version", Reason = "must be 1 or 2", Observed = Shown(asked) }));

        info.Version = asked == "2" ? 2 : 1;
        info.AnswersProblems |= info.Version == 2;
        AnnounceDeprecation(context, info);
        return next(context);
    }

    void AnnounceDeprecation(HttpContext context, RequestInfo info)
    {
        var lifecycle = info.Version == 1 ? versions.V1 : versions.V2;
        if (lifecycle.DeprecatedAt is not { } deprecatedAt)
            return;
        var headers = context.Response.Headers;
        // RFC 9745 gives the moment as a structured date; RFC 8594 gives the end as an HTTP date.
        headers["Deprecation"] = "@" + deprecatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var notice = $"API v{info.Version} is deprecated";
        if (lifecycle.SunsetAt is { } sunsetAt)
        {
            headers["Sunset"] = sunsetAt.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
            notice += $" and ends on {sunsetAt.UtcDateTime:yyyy-MM-dd}";
        }
        headers["X-API-Deprecation"] = notice;
        if (info.Version < Latest)
            headers.Append("Link", $"</api/v{Latest}>; rel=\"successor-version\"");
    }

    static string? InQuery(StringValues value) =>
        StringValues.IsNullOrEmpty(value) ? null : value.ToString().TrimStart('v', 'V');

    static string Shown(string asked) => asked.Length <= 20 ? asked : asked[..20] + "…";

    // The digits of /v12 where it is a whole segment, else nothing. By hand, since every request passes here.
    static ReadOnlySpan<char> InPath(ReadOnlySpan<char> path)
    {
        if (path.Length < 3 || path[0] != '/' || path[1] is not ('v' or 'V'))
            return default;
        var number = path[2..];
        var end = number.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? number : number[end] == '/' ? number[..end] : default;
    }

    [GeneratedRegex(@"application/vnd\.mytradex\.v([0-9]+)\+json", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InAccept();
}
