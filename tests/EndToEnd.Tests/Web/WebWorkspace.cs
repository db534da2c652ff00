using System.Diagnostics;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Web;

/// <summary>The workspace of the browser's packages, <c>web/</c>, whose own packages come by <c>npm ci</c> there.</summary>
static class WebWorkspace
{
    static readonly TimeSpan _long = TimeSpan.FromMinutes(10);

    // Tests that build do so one after another: they write the same files.
    static readonly SemaphoreSlim _building = new(1);

    /// <summary>Where it is.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(NodePrograms.FolderOf("Web"), "..", "..", "..", "..", "web"));

    /// <summary>Skips the test where Node or the packages are missing; where everything must run, that fails.</summary>
    public static void Require() => NodePrograms.RequireIn(Folder, "vitest", "npm ci in web");

    /// <summary>Builds the packages as they are published, so far as they have changed.</summary>
    public static async Task BuildAsync()
    {
        await _building.WaitAsync();
        try
        {
            foreach (var package in (string[])["types", "api", "hooks"])
                await NpmAsync("run", "build", "--workspace", $"packages/{package}");
        }
        finally
        {
            _building.Release();
        }
    }

    /// <summary>Runs npm there and fails with what it printed when it fails.</summary>
    public static async Task NpmAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // Colours are for terminals.
        start.Environment["NO_COLOR"] = "1";
        using var npm = Process.Start(start)!;
        var (output, errors) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        try
        {
            await npm.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(_long);
        }
        finally
        {
            if (!npm.HasExited) npm.Kill(entireProcessTree: true);
        }
        Assert.True(npm.ExitCode == 0, $"npm {string.Join(' ', arguments)} ended with {npm.ExitCode}:\n{await output}\n{await errors}");
    }
}
