using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;

namespace MyTradeX.Server.Platform.Limits;

/// <summary>Marks endpoints that count against the tighter limit of sign-in.</summary>
internal sealed class SignInLimit;

/// <summary>
/// Keeps each sender within their share, and tells them where they stand: <c>RateLimit-Limit</c>, <c>-Remaining</c>, <c>-Reset</c> (seconds
/// until the share is whole again) and <c>-Policy</c> on every answer under <c>/api</c>.
/// </summary>
internal sealed class RateLimits(RequestDelegate next, RateLimitOptions options) : IDisposable
{
    readonly PartitionedRateLimiter<Sender> _limiter = PartitionedRateLimiter.Create<Sender, Sender>(sender =>
        RateLimitPartition.GetTokenBucketLimiter(sender, _ => Bucket(LimitOf(sender, options), options.WindowSeconds)));

    public Task InvokeAsync(HttpContext context)
    {
        if (!options.Enabled || !context.Request.Path.StartsWithSegments("/api"))
            return next(context);
        var sender = SenderOf(context);
        // What a bucket has given it does not take back, so there is nothing to hold while the request runs.
        using var lease = _limiter.AttemptAcquire(sender);
        var limit = LimitOf(sender, options);
        var remaining = _limiter.GetStatistics(sender)?.CurrentAvailablePermits ?? 0;
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = Text(limit);
        headers["RateLimit-Remaining"] = Text(remaining);
        headers["RateLimit-Reset"] = Text(SecondsFor(limit - remaining, limit));
        headers["RateLimit-Policy"] = $"{Text(limit)};w={Text(options.WindowSeconds)}";
        return lease.IsAcquired
            ? next(context)
            : EnvelopeWriter.RefuseAsync(context, new(ErrorCode.RateLimitExceeded,
                $"More than {limit} requests in {options.WindowSeconds} seconds.", new() { Limit = limit })
            {
                RetryAfterSeconds = (int)Math.Max(1, SecondsFor(1, limit)),
            });
    }

    public void Dispose() => _limiter.Dispose();

    // The bucket fills in steps no shorter than the limiter's own heartbeat; a small limit has longer steps, so that each brings a whole request.
    static TokenBucketRateLimiterOptions Bucket(int limit, int windowSeconds)
    {
        const double heartbeatSeconds = 0.1;
        var step = Math.Max(heartbeatSeconds, (double)windowSeconds / limit);
        return new()
        {
            TokenLimit = limit,
            TokensPerPeriod = (int)Math.Max(1, Math.Round(limit * step / windowSeconds)),
            ReplenishmentPeriod = TimeSpan.FromSeconds(step),
            QueueLimit = 0,
        };
    }

    long SecondsFor(long requests, int limit) => (requests * options.WindowSeconds + limit - 1) / limit;

    static int LimitOf(Sender sender, RateLimitOptions options) => sender.Kind switch
    {
        SenderKind.User => options.UserRequests,
        SenderKind.SignIn => options.SignInRequests,
        _ => options.AnonymousRequests,
    };

    static Sender SenderOf(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<SignInLimit>() is not null)
            return new(SenderKind.SignIn, AddressOf(context));
        return Caller.Of(context.User) is { } caller
            ? new(SenderKind.User, caller.Id)
            : new(SenderKind.Anonymous, AddressOf(context));
    }

    // One household or host usually owns a whole /64, so that is the sender; single addresses in it cost nothing.
    static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? address.ToString() : new IPAddress([.. bytes[..8], .. new byte[8]]).ToString();
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    enum SenderKind { User, Anonymous, SignIn }

    readonly record struct Sender(SenderKind Kind, string Name);
}
