using System.Diagnostics;
using System.Text.Json.Nodes;
using MyTradeX.EndToEnd.Tests.Crashes;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Books;

/// <summary>The real server and the real tool: what is copied off a server that trades is proved to be what that server had.</summary>
public sealed class ProvingABackup : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-books-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task of_a_server_that_trades_gives_the_same_state_elsewhere()
    {
        using var folder = new DrillFolder();
        await using var venue = await DrilledVenue.OpenAsync(
            ShortDrill.Tools(folder).Setup with { Environment = new() { ["Venue__ReconcileEverySeconds"] = "1", ["Venue__SnapshotEvery"] = "1000" } }, TestContext.Current.CancellationToken);
        var admin = await venue.Server.LoginAsync("admin@example.com");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var storm = venue.StormAsync(ending.Token);
        while (venue.Acknowledged < 200 && !storm.IsCompleted) await Task.Delay(50, TestContext.Current.CancellationToken);

        var here = (await venue.Server.SendAsync(HttpMethod.Get, "admin/state-hash", token: admin)).Expect(200);
        var (backup, restored) = (Path.Combine(_folder.FullName, "backup"), Path.Combine(_folder.FullName, "restored"));
        await RunToolAsync(0, "backup", venue.Server.DataFolder, backup);
        var compared = await ComparedAfterAsync(venue.Server, admin, here["sequence"]!.GetValue<long>());
        await ending.CancelAsync();
        await storm;
        await RunToolAsync(0, "restore", backup, restored);
        var there = await RunToolAsync(0, "verify", restored, "--deep", "--at", here["sequence"]!.ToString());

        Assert.Equal("SOUND", compared["status"]!.GetValue<string>());
        Assert.Equal(here["stateHash"]!.GetValue<string>(), there["hashAt"]!["stateHash"]!.GetValue<string>());
        Assert.True(there["compared"]!["LEDGER_LINES"]!.GetValue<long>() > 100);
        Assert.Equal(0, there["differences"]!.GetValue<long>());
        // The server still says the same of that moment, and of the backup's last one.
        Assert.Equal(here["stateHash"]!.GetValue<string>(), await HashAsync(venue.Server, admin, here["sequence"]!.GetValue<long>()));
        Assert.Equal(await HashAsync(venue.Server, admin, there["sequence"]!.GetValue<long>()), there["stateHash"]!.GetValue<string>());
    }

    static async Task<string> HashAsync(ServerProcess server, string admin, long sequence) =>
        (await server.SendAsync(HttpMethod.Get, $"admin/state-hash?sequence={sequence}", token: admin)).Expect(200)["stateHash"]!.GetValue<string>();

    /// <summary>The first comparison of the books that is of a later command.</summary>
    static async Task<JsonNode> ComparedAfterAsync(ServerProcess server, string admin, long sequence)
    {
        for (var waited = 0; waited < 600; waited++)
        {
            var books = (await server.SendAsync(HttpMethod.Get, "admin/reconciliation", token: admin)).Expect(200);
            if (books["last"]?["sequence"]?.GetValue<long>() > sequence) return books;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"The books were not compared:\n{server.Output}");
    }

    static async Task<JsonNode> RunToolAsync(int expectedExit, params string[] arguments)
    {
        var tool = Path.Combine(Path.GetDirectoryName(ServerProgram.Find())!.Replace($"{Path.DirectorySeparatorChar}Server{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}Cli{Path.DirectorySeparatorChar}", StringComparison.Ordinal), "mytradex.dll");
        var start = new ProcessStartInfo("dotnet", [tool, .. arguments, "--json"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == expectedExit, $"mytradex {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await error}");
        return JsonNode.Parse(await output)!;
    }
}
