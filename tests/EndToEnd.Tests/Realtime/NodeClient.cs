using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>A Node process that plays a client with <c>socket.io-client</c> 4, whose package comes by <c>npm ci</c> in the folder <c>node</c>. It prints a line of JSON for each thing that happens.</summary>
sealed class NodeClient : IAsyncDisposable
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(40);

    readonly Process _process;
    readonly Task<string> _errors;

    NodeClient(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Whether this machine can play one.</summary>
    public static bool IsThere { get; } = Directory.Exists(Path.Combine(Folder, "node_modules", "socket.io-client"))
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")));

    static string Folder
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(root.FullName, "MyTradeX.slnx"))) root = root.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds MyTradeX.slnx.");
            return Path.Combine(root.FullName, "tests", "EndToEnd.Tests", "Realtime", "node");
        }
    }

    /// <summary>Skips the test where Node or the package is missing; where everything must run, that fails.</summary>
    public static void Require()
    {
        if (IsThere) return;
        const string Missing = "Node or the client's package is missing (Debian: apt-get install nodejs npm; then npm ci in tests/EndToEnd.Tests/Realtime/node)";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Missing);
        Assert.Skip(Missing);
    }

    public static NodeClient Start(TradedVenue venue, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [program, .. arguments]) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["REACT_APP_SOCKET_URL"] = venue.Server.Http.BaseAddress!.ToString();
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
