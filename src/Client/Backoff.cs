using System.Net;

namespace MyTradeX.Client;

/// <summary>When to try again, and how long to wait before: capped exponential pauses, spread by jitter, and whatever the server asks for.</summary>
sealed class Backoff(MyTradeXClientOptions options)
{
    /// <summary>Whether an answer is worth another attempt.</summary>
    /// <param name="status">The answer's status.</param>
    /// <param name="isRepeatable">Whether carrying the request out twice does no harm.</param>
    public static bool IsTransient(HttpStatusCode status, bool isRepeatable) => status switch
    {
        // Nothing was done, so anything may be sent again.
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => true,
        HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout => isRepeatable,
        _ => false,
    };

    /// <summary>The pause before the next attempt, or null when there is to be none.</summary>
    /// <param name="retries">Retries made so far.</param>
    /// <param name="retryAfter">What the server asked for.</param>
    public TimeSpan? Next(int retries, TimeSpan? retryAfter)
    {
        if (retries >= options.MaxRetries) return null;
        if (retryAfter > options.BackoffMax) return null;
        var pause = Math.Min(options.BackoffStart.TotalMilliseconds * Math.Pow(2, retries), options.BackoffMax.TotalMilliseconds);
        // Between half of the pause and all of it: clients that failed together do not come back together.
        var spread = TimeSpan.FromMilliseconds(pause * (0.5 + options.Jitter() / 2));
        return retryAfter is { } asked && asked > spread ? asked : spread;
    }
}
