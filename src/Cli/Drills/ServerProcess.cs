using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MyTradeX.Cli.Drills;

/// <summary>The real server as a process of its own, that can be killed and started again on the same data.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    static readonly TimeSpan _startWithin = TimeSpan.FromSeconds(60);
    static readonly TimeSpan _answerWithin = TimeSpan.FromSeconds(20);
    static readonly TimeSpan _lookAgain = TimeSpan.FromMilliseconds(10);

    readonly StringBuilder _output = new();
    readonly string _program;
    readonly string[] _arguments;
    readonly Dictionary<string, string> _environment;
    readonly int _port = FreePort();
    readonly Lock _gate = new();
    Process? _process;
    bool _isAborted;

    /// <summary>A server that is not started yet, on a free port of this machine.</summary>
    /// <param name="dataFolder">Its data folder.</param>
    /// <param name="arguments">Its arguments besides address and data folder; no demo market unless given.</param>
    /// <param name="environment">Settings besides those that this process has.</param>
    /// <param name="program">Its program; the one that belongs to this tool unless given.</param>
    public ServerProcess(string dataFolder, string[]? arguments = null, Dictionary<string, string>? environment = null, string? program = null)
    {
        DataFolder = dataFolder;
        _program = program ?? ServerProgram.Find();
        _arguments = arguments ?? ["--demo", "false"];
        _environment = environment ?? [];
        Http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1), MaxConnectionsPerServer = 256 })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{_port}/"),
            Timeout = _answerWithin,
        };
    }

    /// <summary>Its data folder.</summary>
    public string DataFolder { get; }

    /// <summary>Connections to it.</summary>
    public HttpClient Http { get; }

    /// <summary>The process as the system sees it.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>How long the last start took until it was ready.</summary>
    public TimeSpan LastStart { get; private set; }

    /// <summary>Whether it was told to end, so that its silence is no fault.</summary>
    public bool IsEnding { get; private set; }

    /// <summary>Everything the server has printed.</summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    /// <summary>Starts the server and waits until it is ready; returns how long that took.</summary>
    public async Task<TimeSpan> StartAsync(string readyPath = "health/ready", CancellationToken cancellation = default)
    {
        var started = Stopwatch.GetTimestamp();
        Launch();
        while (true)
        {
            if (_process!.HasExited) throw EndedByItself();
            if (Stopwatch.GetElapsedTime(started) > _startWithin) throw new ServerFailedException($"The server was not ready within {_startWithin.TotalSeconds} s:\n{Output}");
            try
            {
                using var answer = await Http.GetAsync(readyPath, cancellation);
                if (answer.IsSuccessStatusCode) return LastStart = Stopwatch.GetElapsedTime(started);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(_lookAgain, cancellation);
        }
    }

    /// <summary>Starts the server and expects it to give up; returns its exit code.</summary>
    public async Task<int> StartAndFailAsync()
    {
        Launch();
        await _process!.WaitForExitAsync().WaitAsync(_startWithin);
        return _process.ExitCode;
    }

    /// <summary>Starts the process without waiting for anything.</summary>
    public void Launch()
    {
        var isAssembly = _program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isAssembly ? Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet" : _program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (isAssembly) start.ArgumentList.Add(_program);
        foreach (var argument in (string[])["--urls", $"http://127.0.0.1:{_port}", "--data-dir", DataFolder, .. _arguments]) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        // Never the database that this shell may name: it is somebody's.
        start.Environment["ConnectionStrings__Store"] = "";
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        lock (_gate)
        {
            if (_isAborted) throw new OperationCanceledException("the server was given up");
            IsEnding = false;
            _process?.Dispose();
            _process = Process.Start(start)!;
        }
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Ends the process by SIGKILL: at once, with nothing said.</summary>
    /// <exception cref="ServerFailedException">It had ended by itself before.</exception>
    public async Task KillAsync()
    {
        if (_process!.HasExited) throw EndedByItself();
        IsEnding = true;
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to end (SIGTERM) and waits for it.</summary>
    public async Task StopAsync()
    {
        if (_process is null || _process.HasExited) return;
        IsEnding = true;
        using var kill = Process.Start("kill", ["-TERM", ProcessId.ToString()]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(_startWithin);
    }

    /// <summary>Ends the process for good, whoever is waiting for its answers: nobody wants them any more.</summary>
    internal void Abort()
    {
        lock (_gate)
        {
            (_isAborted, IsEnding) = (true, true);
            _process?.Kill(entireProcessTree: false);
        }
    }

    /// <summary>What the process takes of the machine now.</summary>
    /// <exception cref="ServerFailedException">It has ended.</exception>
    internal ProcessUse Use()
    {
        if (_process!.HasExited) throw EndedByItself();
        _process.Refresh();
        return new(_process.WorkingSet64, _process.HandleCount, _process.Threads.Count);
    }

    /// <summary>Sends a request and reads the answer as JSON, whatever its status.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "api/v1/" + path);
        if (body is not null) request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers.TryGetValues("Idempotency-Replayed", out _));
    }

    /// <summary>Signs in; returns the access token.</summary>
    public async Task<string> LoginAsync(string email, string password = "password123")
    {
        var answer = await SendAsync(HttpMethod.Post, "auth/login", new { email, password });
        return answer.Expect(200)["token"]!.GetValue<string>();
    }

    /// <summary>Ends the process by SIGKILL, if it runs.</summary>
    public async ValueTask DisposeAsync()
    {
        // Nothing happens when it has ended already.
        Abort();
        Http.Dispose();
        if (_process is not null) await _process.WaitForExitAsync();
        _process?.Dispose();
        _process = null;
    }

    ServerFailedException EndedByItself()
    {
        // Returns when the last of what it printed has been read, too.
        _process!.WaitForExit();
        return new($"The server ended by itself with {_process.ExitCode}:\n{Output}");
    }

    void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.AppendLine(line.Data);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>What a process takes of its machine.</summary>
/// <param name="ResidentBytes">Memory in RAM, in bytes.</param>
/// <param name="Handles">Open files and sockets.</param>
/// <param name="Threads">Threads.</param>
internal readonly record struct ProcessUse(long ResidentBytes, int Handles, int Threads);
