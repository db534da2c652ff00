using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace MyTradeX.Server.Features.Webhooks;

/// <summary>An answer of a receiver, as much of it as is kept.</summary>
internal sealed record WebhookAnswer(int Status, string Headers, string Body, TimeSpan? RetryAfter);

/// <summary>The address that a user named leads to where the server must not be sent.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);

/// <summary>
/// Posts to addresses that users name. Names are resolved here, every address is checked, and the connection goes to a checked one, so that a name cannot
/// be one thing when it is looked at and another when it is used. Redirects are not followed, nothing is sent through a proxy, no cookies are kept.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    const int BodyBytesKept = 4_096, HeaderCharsKept = 4_096;

    /// <summary>From looking up the name to the end of what is read of the answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    readonly bool _allowsPrivate;
    readonly HttpClient _http;

    public WebhookClient(WebhookOptions options, IHostEnvironment environment)
    {
        _allowsPrivate = options.AllowsPrivateIn(environment);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
            MaxResponseHeadersLength = 16,
            MaxConnectionsPerServer = 8,
            // A name may move; a connection to where it was should not live long.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        })
        { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("MyTradeX-Webhooks", "1.0"));
    }

    /// <summary>Looks a name up.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Posts JSON and reads the beginning of the answer.</summary>
    /// <exception cref="AddressRefusedException">It leads where the server must not be sent.</exception>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    /// <exception cref="TimeoutException">There was none in time.</exception>
    public async Task<WebhookAnswer> PostAsync(Uri url, string body, IEnumerable<(string Name, string Value)> headers, DateTimeOffset now, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Timeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return new((int)response.StatusCode, HeadersOf(response), await BeginningAsync(response, limit.Token), RetryAfterOf(response, now));
        }
        catch (OperationCanceledException timedOut) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {Timeout.TotalSeconds:0} seconds", timedOut);
        }
        catch (HttpRequestException failed) when (failed.InnerException is AddressRefusedException refused)
        {
            throw refused;
        }
    }

    public void Dispose() => _http.Dispose();

    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Resolve(host, cancellation);
        // One that is not public among several is no accident.
        if (!_allowsPrivate && addresses.FirstOrDefault(address => !PublicAddresses.IsPublic(address)) is { } refused)
            throw new AddressRefusedException($"{host} leads to {refused}, which is not a public address");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var buffer = new byte[BodyBytesKept];
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return Storable(Encoding.UTF8.GetString(buffer, 0, count));
    }

    static string HeadersOf(HttpResponseMessage response)
    {
        var text = string.Join('\n', response.Headers.Concat(response.Content.Headers).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"));
        return Storable(text.Length <= HeaderCharsKept ? text : text[..HeaderCharsKept]);
    }

    // PostgreSQL's text has everything but this.
    static string Storable(string text) => text.Replace('\0', '\uFFFD');

    static TimeSpan? RetryAfterOf(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } => date - now,
        _ => null,
    };
}
