using System.Diagnostics;
using MyTradeX.Store.Tests;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace MyTradeX.Store.Tests;

/// <summary>
/// The PostgreSQL that the suites run on: the one named by <c>MYTRADEX_TEST_POSTGRES</c>, else a private cluster in a temporary
/// folder, reached by its own socket, started by the first test that asks and stopped with the test run.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private static readonly Lazy<Task<PostgresCluster>> Started = new(() => Task.Run(StartAsync));
    private readonly string? _folder;

    private PostgresCluster(string connectionString, string? folder)
    {
        ConnectionString = connectionString;
        _folder = folder;
    }

    /// <summary>The fixture that the runner makes; it only remembers to stop what the tests started.</summary>
    public PostgresCluster()
        : this("", null)
    {
    }

    public string ConnectionString { get; }

    public static bool IsAvailable =>
        Environment.GetEnvironmentVariable("MYTRADEX_TEST_POSTGRES") is { Length: > 0 } || File.Exists(Path.Combine(Binaries, "initdb"));

    /// <summary>The cluster; skips the test where there is none, except in CI, where its absence is a failure.</summary>
    public static Task<PostgresCluster> GetAsync()
    {
        if (!IsAvailable)
        {
            const string reason = "PostgreSQL 15 is not installed and MYTRADEX_TEST_POSTGRES is not set";
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(reason);
            Assert.Skip(reason);
        }

        return Started.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (!Started.IsValueCreated)
            return;
        var cluster = await Started.Value;
        if (cluster._folder is null)
            return;
        NpgsqlConnection.ClearAllPools();
        await RunAsync("pg_ctl", "stop", "-D", Path.Combine(cluster._folder, "data"), "-m", "immediate", "-w");
        Directory.Delete(cluster._folder, recursive: true);
    }

    private static async Task<PostgresCluster> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("MYTRADEX_TEST_POSTGRES") is { Length: > 0 } given)
            return new PostgresCluster(given, null);
        var folder = Directory.CreateTempSubdirectory("mytradex-pg-").FullName;
        if (Environment.UserName == "root")
            await RunProcessAsync("chown", ["postgres", folder]);
        var data = Path.Combine(folder, "data");
        // A cluster that sorts text as English people do shows whether our columns really sort by code point.
        await RunAsync("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US", "--no-sync");
        await RunAsync(
            "pg_ctl",
            "start",
            "-D",
            data,
            "-w",
            "-l",
            Path.Combine(folder, "log"),
            "-o",
            $"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB");
        return new PostgresCluster($"Host={folder};Username=postgres;Database=postgres", folder);
    }

    // PostgreSQL refuses to run as root, so root steps down to the account that Debian made for it.
    private static Task RunAsync(string program, params string[] arguments) =>
        Environment.UserName == "root"
            ? RunProcessAsync("runuser", ["-u", "postgres", "--", Path.Combine(Binaries, program), .. arguments])
            : RunProcessAsync(Path.Combine(Binaries, program), arguments);

    private static async Task RunProcessAsync(string file, string[] arguments)
    {
        // The server inherits what it is given, so its output must not be a pipe that we would wait on for ever.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$0\" \"$@\" >/dev/null", file, .. arguments])
        {
            WorkingDirectory = "/",
        })!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
