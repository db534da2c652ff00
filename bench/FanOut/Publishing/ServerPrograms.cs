using System.Diagnostics;
using System.Globalization;

namespace MyTradeX.Bench.FanOut.Publishing;

/// <summary>How the servers are started.</summary>
static class ServerPrograms
{
    /// <summary>The folder of the peers' scripts and packages.</summary>
    public static string Peers { get; } = FindPeers();

    /// <summary>A file beside this program.</summary>
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, name);

    /// <summary>The server's own arguments: no demo market, and as many connections of one user as are wanted here.</summary>
    public static string[] Arguments(int port, DirectoryInfo folder) =>
        ["--urls", $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", "--data-dir", folder.FullName, "--demo", "false", "--Realtime:ConnectionsPerUser", "100000", "--RateLimits:UserRequests", "100000000"];

    /// <summary>Starts a program on some of the processors.</summary>
    public static Process Start(string processors, string program, IEnumerable<string> arguments, bool standardInput)
    {
        var start = new ProcessStartInfo("taskset", ["-c", processors, program, .. arguments]) { RedirectStandardInput = standardInput, RedirectStandardOutput = true, RedirectStandardError = true };
        // Development, for its known administrator and its faucet.
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["ConnectionStrings__Store"] = "";
        return Process.Start(start)!;
    }

    static string FindPeers()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var peers = System.IO.Path.Combine(folder.FullName, "bench", "FanOut", "peers");
            if (!Directory.Exists(peers))
                continue;
            if (!Directory.Exists(System.IO.Path.Combine(peers, "node_modules")))
                throw new InvalidOperationException($"The peers' packages are not there: npm ci --prefix {peers}");
            return peers;
        }
        throw new InvalidOperationException("The folder bench/FanOut/peers is not above this program.");
    }
}
