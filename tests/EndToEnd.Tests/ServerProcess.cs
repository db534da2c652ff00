using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MyTradeX.EndToEnd.Tests;

/// <summary>The real server as a process of its own, that can be killed and started again on the same data.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);

    readonly StringBuilder _output = new();
    readonly string[] _arguments;
    readonly Dictionary<string, string> _environment;
    readonly int _port = FreePort();
    Process? _process;

    public ServerProcess(string dataFolder, string[]? arguments = null, Dictionary<string, string>? environment = null)
    {
        DataFolder = dataFolder;
        _arguments = arguments ?? ["--demo", "false"];
        _environment = environment ?? [];
        Http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1), MaxConnectionsPerServer = 256 })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{_port}/"),
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    public string DataFolder { get; }

    public HttpClient Http { get; }

    public int ProcessId => _process!.Id;

    /// <summary>Everything the server has printed.</summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    /// <summary>Where the server lies that was built together with these tests.</summary>
    public static string ServerDll
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
            return Path.Combine(own.Parent!.Parent!.FullName, "Server", own.Name, "MyTradeX.Server.dll");
        }
    }

    /// <summary>Starts the server and waits for its first answer; returns how long that took.</summary>
    public async Task<TimeSpan> StartAsync(string readyPath = "health/ready")
    {
        var started = Stopwatch.GetTimestamp();
        Launch();
        while (true)
        {
            if (_process!.HasExited) throw new InvalidOperationException($"The server ended with {_process.ExitCode}:\n{Output}");
            if (Stopwatch.GetElapsedTime(started) > StartWithin) throw new TimeoutException($"The server did not answer:\n{Output}");
            try
            {
                using var answer = await Http.GetAsync(readyPath);
                if (answer.IsSuccessStatusCode) return Stopwatch.GetElapsedTime(started);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(10);
        }
    }

    /// <summary>Starts the server and expects it to give up; returns its exit code.</summary>
    public async Task<int> StartAndFailAsync()
    {
        Launch();
        await _process!.WaitForExitAsync().WaitAsync(StartWithin);
        return _process.ExitCode;
    }

    /// <summary>Ends the process as a power cut would: at once, with nothing said.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to end (SIGTERM) and waits for it.</summary>
    public async Task StopAsync()
    {
        if (_process is null || _process.HasExited) return;
        using var kill = Process.Start("kill", ["-TERM", ProcessId.ToString()]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(StartWithin);
    }

    /// <summary>Sends a request and reads the answer as JSON, whatever its status.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "api/v1/" + path);
        if (body is not null) request.Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers.TryGetValues("Idempotency-Replayed", out _));
    }

    public async Task<string> LoginAsync(string email, string password = "password123")
    {
        var answer = await SendAsync(HttpMethod.Post, "auth/login", new { email, password });
        return answer.Expect(200)["token"]!.GetValue<string>();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        _process?.Dispose();
        Http.Dispose();
    }

    /// <summary>Starts the process without waiting for anything.</summary>
    public void Launch()
    {
        _process?.Dispose();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(ServerDll);
        foreach (var argument in (string[])["--urls", $"http://127.0.0.1:{_port}", "--data-dir", DataFolder, .. _arguments]) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.AppendLine(line.Data);
    }

    static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
