using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace MyTradeX.Bench.LargeAccount;

/// <summary>The server in a process of its own on processor 0, and a way to ask it.</summary>
sealed class RunningServer : IDisposable
{
    public const string Serve = "serve";
    const int Port = 4500, SmallBufferBytes = 64 * 1024;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-large-account-");
    readonly Process _process;

    RunningServer()
    {
        // The settings of the server's runtime, not of this program's.
        var start = new ProcessStartInfo("taskset", ["-c", "0", "dotnet", "exec", "--runtimeconfig", Beside("MyTradeX.Server.runtimeconfig.json"), "--depsfile", Beside("MyTradeX.LargeAccount.Bench.deps.json"),
            Beside("MyTradeX.LargeAccount.Bench.dll"), Serve, "--urls", $"http://127.0.0.1:{Port}", "--data-dir", _folder.FullName, "--demo", "false", "--RateLimits:UserRequests", "100000000", "--Transfers:MaximumPerDay", "1000000000"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // Development, for its known administrator.
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "None";
        _process = Process.Start(start)!;
        Http = Client(bufferBytes: null);
        SlowHttp = Client(SmallBufferBytes);
    }

    public HttpClient Http { get; }

    /// <summary>Its sockets take little in advance, so that the server notices when nobody reads.</summary>
    public HttpClient SlowHttp { get; }

    public static async Task<RunningServer> StartAsync()
    {
        var server = new RunningServer();
        if (await server._process.StandardOutput.ReadLineAsync() is not "ready" and var line)
            throw new InvalidOperationException($"The server did not start: {line}");
        return server;
    }

    /// <summary>Collects what is garbage; bytes of the heap in use.</summary>
    public Task<long> CollectAsync() => BidAsync("collect");

    /// <summary>The most bytes of the heap since then, garbage included.</summary>
    public Task<long> HeapPeakAsync() => BidAsync("peak");

    /// <summary>Bytes in RAM, now.</summary>
    public long Resident => StatusBytes("VmRSS:");

    /// <summary>The most bytes in RAM since <see cref="ForgetResidentPeak"/>, as the system counts them.</summary>
    public long ResidentPeak => StatusBytes("VmHWM:");

    public void ForgetResidentPeak() => File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");

    /// <summary>A request under a token.</summary>
    public static HttpRequestMessage Request(HttpMethod method, string path, string? token, object? body = null, string? accept = null)
    {
        var request = new HttpRequestMessage(method, "api/v1/" + path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (accept is not null)
            request.Headers.Accept.Add(new(accept));
        return request;
    }

    /// <summary>The whole answer.</summary>
    public async Task<JsonNode> AskAsync(HttpMethod method, string path, string? token, object? body = null)
    {
        using var request = Request(method, path, token, body);
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{method} {path}: {text}");
    }

    public void Dispose()
    {
        Http.Dispose();
        SlowHttp.Dispose();
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(20)))
            _process.Kill();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    async Task<long> BidAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return long.Parse(await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server has ended."), CultureInfo.InvariantCulture);
    }

    long StatusBytes(string name) =>
        1024 * long.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', '\t').Where(word => word != "").ElementAt(1), CultureInfo.InvariantCulture);

    static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);

    static HttpClient Client(int? bufferBytes) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (bufferBytes is { } bytes)
                socket.ReceiveBufferSize = bytes;
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{Port}/"),
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
