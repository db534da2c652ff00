using System.Diagnostics;
using System.Text.Json;
using MyTradeX.Protocols.SocketIO;
using Xunit;

namespace MyTradeX.SocketIO.Tests;

/// <summary><c>socket.io-client</c> 4 on Node against the server. Its package comes by <c>npm ci</c> in this project's <c>node</c> folder.</summary>
public sealed class TheProtocolsOwnClient
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    static Task<Host> StartAsync(bool recovery = false) => Host.StartAsync(io =>
    {
        io.Main
            .On("echo", (socket, e, _) =>
            {
                socket.Emit("echo", e.ToArray());
                return Task.CompletedTask;
            })
            .On("last", (_, e, _) =>
            {
                e.Ack(e.Get<string>(0) + "!");
                return Task.CompletedTask;
            })
            .On("ask", async (socket, e, cancellationToken) =>
            {
                var answer = await socket.EmitWithAckAsync("question", Long, cancellationToken, 2, 3);
                e.Ack(answer.Get<int>(0), answer.GetBinary(1).Length, e[0].GetProperty("x").GetInt32());
            })
            .On("join", (socket, e, _) =>
            {
                socket.Join(e.Get<string>(0)!);
                e.Ack();
                return Task.CompletedTask;
            })
            .On("tell", (socket, e, _) =>
            {
                socket.To(e.Get<string>(0)!).Emit(e.Get<string>(1)!);
                e.Ack();
                return Task.CompletedTask;
            })
            .On("start", (socket, _, _) =>
            {
                // On its own: it outlives the cuts of the socket that asked for it.
                _ = Task.Run(async () =>
                {
                    for (var i = 0; i < 500; i++)
                    {
                        io.To("all").Emit("n", i);
                        // The pace at which things happen; nothing is waited for.
                        if (i % 5 == 0) await Task.Delay(1, CancellationToken.None);
                    }
                }, CancellationToken.None);
                return Task.CompletedTask;
            })
            .On("stop", (_, _, _) =>
            {
                io.Stop();
                return Task.CompletedTask;
            })
            .OnConnection((socket, _) =>
            {
                if (!socket.IsRecovered) socket.Join("all");
                return Task.CompletedTask;
            });
        io.Of("/chat")
            .Use((socket, _) => new(socket.Auth.GetProperty("token").GetString() == "good" ? null : new ConnectRefusal("Not authorized", new { code = 401 })))
            .On("hello", (_, e, _) =>
            {
                e.Ack($"hello {e.Get<string>(0)}");
                return Task.CompletedTask;
            })
            .On("leave", (socket, _, _) =>
            {
                socket.Disconnect();
                return Task.CompletedTask;
            });
    }, options =>
    {
        options.Recovery = recovery ? new() : null;
        // The client sends as fast as it can.
        options.MaxPacketsPerSecond = 0;
    });

    [Fact]
    public async Task begins_with_polling_and_goes_over_without_losing_an_event()
    {
        await using var host = await StartAsync();

        var result = await PlayAsync(host, "upgrade");

        Assert.Equal("""{"before":"polling","after":"websocket","same":true,"answer":"x!"}""", result);
        Assert.Empty(host.Complaints);
    }

    [Fact]
    public async Task acknowledges_and_is_acknowledged_on_both_transports()
    {
        await using var host = await StartAsync();

        Assert.Equal("""{"websocket":5,"polling":5}""", await PlayAsync(host, "acks"));
    }

    [Fact]
    public async Task gets_its_bytes_back_on_both_transports()
    {
        await using var host = await StartAsync();

        Assert.Equal("""{"websocket":[[1,2,3],50000,7,[9]],"polling":[[1,2,3],50000,7,[9]]}""", await PlayAsync(host, "binary"));
    }

    [Fact]
    public async Task joins_and_leaves_namespaces_over_one_connection()
    {
        await using var host = await StartAsync();

        Assert.Equal(
            """{"unknown":"Invalid namespace","error":["Not authorized",{"code":401}],"greeting":"hello Ada","reason":"io server disconnect","mainStays":true,"shared":true}""",
            await PlayAsync(host, "namespaces"));
    }

    [Fact]
    public async Task hears_what_is_said_in_its_rooms()
    {
        await using var host = await StartAsync();

        Assert.Equal("""{"a":["from outside"],"b":["to the room","from outside"],"c":[]}""", await PlayAsync(host, "rooms"));
    }

    [Theory]
    [InlineData("websocket")]
    [InlineData("polling")]
    public async Task comes_back_after_each_cut_to_every_event_once(string transport)
    {
        await using var host = await StartAsync(recovery: true);

        var result = JsonDocument.Parse(await PlayAsync(host, "recovery", transport)).RootElement;

        Assert.True(result.GetProperty("inOrder").GetBoolean(), result.GetRawText());
        Assert.Equal(500, result.GetProperty("count").GetInt32());
        Assert.Equal(result.GetProperty("cuts").GetInt32(), result.GetProperty("recovered").GetInt32());
        Assert.True(result.GetProperty("cuts").GetInt32() > 0);
    }

    [Fact]
    public async Task is_told_when_the_server_stops()
    {
        await using var host = await StartAsync();

        Assert.Equal("""{"reason":"transport close"}""", await PlayAsync(host, "shutdown"));
    }

    static async Task<string> PlayAsync(Host host, string scenario, string argument = "")
    {
        using var node = Process.Start(new ProcessStartInfo("node", ["client.js", host.Url, scenario, argument]) { WorkingDirectory = Folder(), RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, await errors);
        return (await output).Trim();
    }

    /// <summary>The folder of the client and its packages.</summary>
    static string Folder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "MyTradeX.slnx"))) root = root.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds MyTradeX.slnx.");
        var folder = Path.Combine(root.FullName, "tests", "SocketIO.Tests", "node");
        if (HasNode() && Directory.Exists(Path.Combine(folder, "node_modules", "socket.io-client"))) return folder;
        const string Missing = "Node or the client's package is missing (Debian: apt-get install nodejs npm; then npm ci in tests/SocketIO.Tests/node)";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Missing);
        Assert.Skip(Missing);
        return folder;
    }

    static bool HasNode() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")));
}
