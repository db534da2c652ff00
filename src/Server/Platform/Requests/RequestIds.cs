using System.Buffers;
using System.Diagnostics;
using System.Globalization;

namespace MyTradeX.Server.Platform.Requests;

/// <summary>
/// Gives every request its id: the sender's <c>X-Request-ID</c> when well-formed (1–128 of <c>A-Z a-z 0-9 . _ -</c>), else a new <c>req-…</c>.
/// It goes back in the header, into the log scope and onto the trace. Logs one line a request, and the sender's clock skew when told.
/// </summary>
internal sealed partial class RequestIds(RequestDelegate next, TimeProvider clock, ILogger<RequestIds> log)
{
    const string Header = "X-Request-ID";
    const int LengthMax = 128;
    // A sender's clock that is off by less is not worth a line.
    const long SkewLoggedMs = 5_000;

    static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public async Task InvokeAsync(HttpContext context)
    {
        var info = new RequestInfo { Id = Choose(context.Request.Headers[Header]) };
        context.Features.Set(info);
        context.TraceIdentifier = info.Id;
        context.Response.Headers[Header] = info.Id;
        Activity.Current?.SetTag("mytradex.request_id", info.Id);

        var started = clock.GetTimestamp();
        using (log.BeginScope(new RequestScope(info.Id)))
        {
            // Taken now, since versions rewrite the path on its way in.
            var path = context.Request.Path;
            LogSkew(context);
            try
            {
                await next(context);
            }
            finally
            {
                Answered(context.Request.Method, path, context.Response.StatusCode, clock.GetElapsedTime(started).TotalMilliseconds);
            }
        }
    }

    void LogSkew(HttpContext context)
    {
        if (!context.Request.Headers.TryGetValue("X-Client-Timestamp", out var text)
            || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var theirs))
            return;
        // As a decimal, so that no far-fetched value overflows.
        var skew = clock.GetUtcNow().ToUnixTimeMilliseconds() - (decimal)theirs;
        Activity.Current?.SetTag("mytradex.client_skew_ms", (double)skew);
        if (Math.Abs(skew) >= SkewLoggedMs)
            ClockSkew(skew);
    }

    static string Choose(string? given) =>
        given is { Length: > 0 and <= LengthMax } && !given.AsSpan().ContainsAnyExcept(Allowed)
            ? given
            : Next();

    // 80 bits, which no two requests share. An id is no secret, so nothing is asked of the system to keep it from being guessed.
    static string Next()
    {
        Span<byte> bits = stackalloc byte[10];
        Random.Shared.NextBytes(bits);
        Span<char> text = stackalloc char[24];
        "req-".CopyTo(text);
        Convert.TryToHexStringLower(bits, text[4..], out _);
        return new(text);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Path} answered {Status} in {ElapsedMs:0.0} ms")]
    partial void Answered(string method, PathString path, int status, double elapsedMs);

    [LoggerMessage(Level = LogLevel.Information, Message = "the sender's clock is {SkewMs} ms behind ours")]
    partial void ClockSkew(decimal skewMs);

    /// <summary>The log scope: one named value, without a dictionary a request.</summary>
    sealed class RequestScope(string id) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => 1;
        public KeyValuePair<string, object?> this[int index] => new("RequestId", id);
        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return this[0];
        }
        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        public override string ToString() => id;
    }
}
