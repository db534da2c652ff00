namespace MyTradeX.Client;

/// <summary>
/// A MyTradeX server, typed. Refusals are thrown as <see cref="ApiException"/>, silence as <see cref="ApiUnreachableException"/>. What is safe to
/// repeat is repeated: reads, and writes by their idempotency key. An expired access token is renewed and the request sent again.
/// </summary>
/// <remarks>Safe for use by many threads at once.</remarks>
public sealed class MyTradeXClient : IDisposable
{
    readonly HttpClient _http;
    readonly bool _ownsHttp;
    readonly SessionKeeper _session;

    /// <summary>A client with connections of its own.</summary>
    public MyTradeXClient(MyTradeXClientOptions? options = null)
        : this(new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }), options, ownsHttp: true) { }

    /// <summary>A client that sends through a given <see cref="HttpClient"/>, which stays its giver's to dispose.</summary>
    public MyTradeXClient(HttpClient http, MyTradeXClientOptions? options = null) : this(http, options, ownsHttp: false) { }

    MyTradeXClient(HttpClient http, MyTradeXClientOptions? options, bool ownsHttp)
    {
        options ??= new();
        // Attempts are timed one by one; the client as a whole never gives up before them.
        if (ownsHttp) http.Timeout = Timeout.InfiniteTimeSpan;
        (_http, _ownsHttp, _session) = (http, ownsHttp, new(options));
        var transport = new ApiTransport(http, options, _session);
        Auth = new(transport, _session);
        Orders = new(transport);
        Market = new(transport);
        Portfolio = new(transport);
        Accounts = new(transport);
    }

    /// <summary>The session in use, or null.</summary>
    public SessionTokens? Session => _session.Current;

    /// <summary>Signing in and out.</summary>
    public AuthApi Auth { get; }

    /// <summary>Orders.</summary>
    public OrdersApi Orders { get; }

    /// <summary>Prices, books, trades, candles and instruments.</summary>
    public MarketApi Market { get; }

    /// <summary>Positions and their worth.</summary>
    public PortfolioApi Portfolio { get; }

    /// <summary>Cash.</summary>
    public AccountsApi Accounts { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsHttp) _http.Dispose();
    }
}
