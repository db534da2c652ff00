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
internal sealed class RateLimits : IDisposable
{
    readonly RequestDelegate _next;
    readonly RateLimitOptions _options;
    readonly Dictionary<SenderKind, Share> _shares;
    readonly PartitionedRateLimiter<Sender> _limiter;

    public RateLimits(RequestDelegate next, RateLimitOptions options)
    {
        (_next, _options) = (next, options);
        _shares = new()
        {
            [SenderKind.User] = new(options.UserRequests, options.WindowSeconds),
            [SenderKind.Anonymous] = new(options.AnonymousRequests, options.WindowSeconds),
            [SenderKind.SignIn] = new(options.SignInRequests, options.WindowSeconds),
        };
        // One function for all senders: the framework's shorter way to name a bucket makes three of them a request.
        Func<Sender, RateLimiter> bucket = sender => new TokenBucketRateLimiter(_shares[sender.Kind].Bucket());
        _limiter = PartitionedRateLimiter.Create<Sender, Sender>(sender => RateLimitPartition.Get(sender, bucket));
    }

    public Task InvokeAsync(HttpContext context)
    {
        if (!_options.Enabled || !context.Request.Path.StartsWithSegments("/api"))
            return _next(context);
        var sender = SenderOf(context);
        // What a bucket has given it does not take back, so there is nothing to hold while the request runs.
        using var lease = _limiter.AttemptAcquire(sender);
        var share = _shares[sender.Kind];
        var remaining = _limiter.GetStatistics(sender)?.CurrentAvailablePermits ?? 0;
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = share.LimitText;
        headers["RateLimit-Remaining"] = Text(remaining);
        headers["RateLimit-Reset"] = Text(share.SecondsFor(share.Limit - remaining));
        headers["RateLimit-Policy"] = share.Policy;
        return lease.IsAcquired
            ? _next(context)
            : EnvelopeWriter.RefuseAsync(context, new(ErrorCode.RateLimitExceeded,
                $"More than {share.Limit} requests in {share.WindowSeconds} seconds.", new() { Limit = share.Limit })
            {
                RetryAfterSeconds = (int)Math.Max(1, share.SecondsFor(1)),
            });
    }

    public void Dispose() => _limiter.Dispose();

    static Sender SenderOf(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<SignInLimit>() is not null)
            return new(SenderKind.SignIn, 0, AddressOf(context));
        return Caller.Of(context.User) is { } caller
            ? new(SenderKind.User, caller.UserId, "")
            : new(SenderKind.Anonymous, 0, AddressOf(context));
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

    readonly record struct Sender(SenderKind Kind, long UserId, string Address);

    /// <summary>What one sender may send, and how the headers say it.</summary>
    sealed record Share(int Limit, int WindowSeconds)
    {
        public string LimitText { get; } = Text(Limit);
        public string Policy { get; } = $"{Text(Limit)};w={Text(WindowSeconds)}";

        public long SecondsFor(long requests) => (requests * WindowSeconds + Limit - 1) / Limit;

        // The bucket fills in steps no shorter than the limiter's own heartbeat; a small limit has longer steps, so that each brings a whole request.
        public TokenBucketRateLimiterOptions Bucket()
        {
            const double heartbeatSeconds = 0.1;
            var step = Math.Max(heartbeatSeconds, (double)WindowSeconds / Limit);
            return new()
            {
                TokenLimit = Limit,
                TokensPerPeriod = (int)Math.Max(1, Math.Round(Limit * step / WindowSeconds)),
                ReplenishmentPeriod = TimeSpan.FromSeconds(step),
                QueueLimit = 0,
                // The partitions are replenished together, by one timer.
                AutoReplenishment = false,
            };
        }
    }
}
