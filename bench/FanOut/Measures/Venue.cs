using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using MyTradeX.Bench.FanOut.Publishing;

namespace MyTradeX.Bench.FanOut.Measures;

/// <summary>The server's own program, with an instrument and two users who trade it with each other.</summary>
sealed class Venue : IDisposable
{
    public const string Symbol = "TEST";
    const string Password = "a long Passw0rd";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-fanout-");
    readonly Process _process;
    readonly HttpClient _http;
    readonly List<string> _traders = [];

    Venue(int port, string processors)
    {
        Port = port;
        _process = ServerPrograms.Start(processors, "dotnet", [ServerPrograms.Path("MyTradeX.Server.dll"), .. ServerPrograms.Arguments(port, _folder)], standardInput: false);
        // Nobody reads on, and a full pipe would stop the server.
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
    }

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <summary>Time that it has had on processors.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public string AdminToken { get; private set; } = "";

    public static async Task<Venue> StartAsync(int port, string processors)
    {
        var venue = new Venue(port, processors);
        await venue.ReadyAsync();
        venue.AdminToken = await venue.LoginAsync("admin@example.com", "password123");
        await venue.AskAsync(HttpMethod.Post, "instruments", venue.AdminToken, new { symbol = Symbol, name = "Test Inc.", currency = "USD", priceScale = 2, quantityScale = 0, tickSize = 0.01m, lotSize = 1, makerFeePercent = 0.01m, takerFeePercent = 0.02m });
        foreach (var name in (string[])["ann", "bob"])
            await venue.OpenAsync(name);
        return venue;
    }

    /// <summary>Sends orders at a pace until told to stop, of four one to sell, one that buys it and two that rest; how many were accepted.</summary>
    public async Task<long> TradeAsync(int perSecond, CancellationToken stop)
    {
        byte[][] bodies = [.. (((string Side, decimal Price)[])[("SELL", 100m), ("BUY", 100m), ("SELL", 110m), ("BUY", 90m)]).Select(order => JsonSerializer.SerializeToUtf8Bytes(new { symbol = Symbol, side = order.Side, orderType = "LIMIT", quantity = 1, price = order.Price, timeInForce = "GTC" }))];
        var (began, sent, accepted) = (Stopwatch.GetTimestamp(), 0L, 0L);
        var pending = new List<Task>();
        while (!stop.IsCancellationRequested)
        {
            for (var due = (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond); sent < due; sent++)
                pending.Add(PlaceAsync((int)(sent % bodies.Length)));
            pending.RemoveAll(order => order.IsCompletedSuccessfully);
            await Task.Delay(1, CancellationToken.None);
        }
        await Task.WhenAll(pending);
        return accepted;

        async Task PlaceAsync(int which)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/orders") { Content = new ByteArrayContent(bodies[which]) { Headers = { ContentType = new("application/json") } } };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _traders[which % _traders.Count]);
            using var answer = await _http.SendAsync(request, CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            Interlocked.Increment(ref accepted);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        // Nothing of it is wanted any more.
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    async Task ReadyAsync()
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60); await Task.Delay(20))
            try
            {
                using var answer = await _http.GetAsync("health/ready");
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // Not listening yet.
            }
        throw new InvalidOperationException("The server was not ready within a minute.");
    }

    async Task OpenAsync(string name)
    {
        var email = $"{name}@example.com";
        await AskAsync(HttpMethod.Post, "users", AdminToken, new { email, password = Password, name, role = "TRADER" });
        var token = await LoginAsync(email, Password);
        var account = (await AskAsync(HttpMethod.Get, "accounts", token))[0]!["id"]!.GetValue<string>();
        await AskAsync(HttpMethod.Post, $"accounts/{account}/deposits", AdminToken, new { amount = 900_000_000m });
        await AskAsync(HttpMethod.Post, $"accounts/{account}/positions", AdminToken, new { symbol = Symbol, quantity = 5_000_000, unitCost = 100m });
        _traders.Add(token);
    }

    async Task<string> LoginAsync(string email, string password) => (await AskAsync(HttpMethod.Post, "auth/login", null, new { email, password }))["token"]!.GetValue<string>();

    async Task<JsonNode> AskAsync(HttpMethod method, string path, string? token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, "api/v1/" + path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)!["data"]! : throw new InvalidOperationException($"{method} {path}: {text}");
    }
}
