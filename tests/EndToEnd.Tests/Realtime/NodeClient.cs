using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>A Node process that plays a client with <c>socket.io-client</c> 4, whose package comes by <c>npm ci</c> in the folder <c>node</c>. It prints a line of JSON for each thing that happens.</summary>
sealed class NodeClient : IAsyncDisposable
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(40);
    static readonly Lazy<Version> _version = new(FindVersion);

    readonly Process _process;
    readonly Task<string> _errors;

    NodeClient(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Whether this machine can play one.</summary>
    public static bool IsThere { get; } = Directory.Exists(Path.Combine(Modules, "socket.io-client")) && IsOnPath("node");

    /// <summary>Where the packages are.</summary>
    public static string Modules => Path.Combine(Folder, "node_modules");

    /// <summary>What Node needs to be told so that programs find WebSocket, which is there by itself from 22 on.</summary>
    public static string WebSocketOption => IsThere && _version.Value.Major < 22 ? "--experimental-websocket" : "";

    static string Folder => NodePrograms.FolderOf("Realtime");

    /// <summary>Skips the test where Node or the package is missing; where everything must run, that fails.</summary>
    /// <param name="atLeast">The oldest Node that will do; any unless given.</param>
    public static void Require(Version? atLeast = null)
    {
        if (!IsThere)
            Lack("Node or the client's package is missing (Debian: apt-get install nodejs npm; then npm ci in tests/EndToEnd.Tests/Realtime/node)");
        if (_version.Value < atLeast)
            Lack($"Node is {_version.Value}; {atLeast} or later is needed");
    }

    /// <summary>The same for another program.</summary>
    public static void Require(string program)
    {
        if (!IsOnPath(program))
            Lack($"{program} is missing (Debian: apt-get install {program})");
    }

    static void Lack(string what)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(what);
        Assert.Skip(what);
    }

    static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program)));

    static Version FindVersion()
    {
        using var node = Process.Start(new ProcessStartInfo("node", ["-p", "process.versions.node"]) { RedirectStandardOutput = true })!;
        return Version.Parse(node.StandardOutput.ReadToEnd());
    }

    public static NodeClient Start(TradedVenue venue, string program, params string[] arguments) => StartIn(Folder, venue, program, arguments);

    /// <summary>The same with a program of another folder.</summary>
    public static NodeClient StartIn(string folder, TradedVenue venue, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [program, .. arguments]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SERVER"] = start.Environment["REACT_APP_SOCKET_URL"] = venue.Server.Http.BaseAddress!.ToString();
        start.Environment["TOKEN"] = venue.Ann.Token;
        return new(Process.Start(start)!);
    }

    /// <summary>The next thing that happened; null when the client has ended well.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Long);
        if (line is not null)
            return JsonDocument.Parse(line).RootElement;
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Long);
        Assert.True(_process.ExitCode == 0, await _errors);
        return null;
    }

    /// <summary>The first thing of a kind that passes.</summary>
    public async Task<JsonElement> NextAsync(string kind, Func<JsonElement, bool>? passes = null)
    {
        while (await NextAsync() is { } happened)
            if (happened.TryGetProperty(kind, out var value) && passes?.Invoke(value) != false)
                return value;
        throw new EndOfStreamException($"the client ended without {kind}");
    }

    /// <summary>Tells the client that it has had enough, and that it is to end.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        while (await NextAsync() is not null)
        {
            // What still came is nobody's concern.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
