using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace MyTradeX.EndToEnd.Tests;

/// <summary>
/// Types the README's console blocks into one shell, line by line, against a fresh server, and compares what comes back with
/// what the README shows. Numbers, ids and times differ from run to run, so runs of digits count as equal.
/// </summary>
public partial class FollowingTheReadme
{
    static readonly string Root = FindRoot();

    [Fact]
    public async Task shows_what_the_readme_shows()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("mytradex-readme-");
        try
        {
            await using var server = new ServerProcess(Path.Combine(folder.FullName, "data"), arguments: ["--demo", "true"]);
            await server.StartAsync();
            var address = server.Http.BaseAddress!.ToString().TrimEnd('/');
            using var shell = Shell(folder.FullName, address);
            var steps = Steps(await File.ReadAllTextAsync(Path.Combine(Root, "README.md"), cancellation));
            Assert.True(steps.Count >= 8, "the README has a tour");
            foreach (var (command, expected) in steps)
            {
                var actual = await TypeAsync(shell, Adapt(command, address), cancellation);
                Assert.Equal(Mask(expected), Mask(actual.Replace(address, "http://localhost:3001", StringComparison.Ordinal)));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The tool is run as it was built with the tests, and the server is where it was started.</summary>
    static string Adapt(string command, string address)
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Name;
        var tool = Path.Combine(new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Parent!.FullName, "Cli", build, "mytradex.dll");
        return command
            .Replace("dotnet run --project src/Cli --", $"dotnet '{tool}'", StringComparison.Ordinal)
            .Replace("http://localhost:3001", address, StringComparison.Ordinal);
    }

    static Process Shell(string home, string address)
    {
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = home };
        start.Environment["HOME"] = home;
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(home, ".config");
        start.Environment["MYTRADEX_SERVER"] = address;
        start.Environment["COLUMNS"] = "160";
        return Process.Start(start)!;
    }

    static async Task<string> TypeAsync(Process shell, string command, CancellationToken cancellation)
    {
        const string End = "---end of output---";
        await shell.StandardInput.WriteLineAsync($"{{ {command}\n}} 2>&1; echo; echo '{End}'".AsMemory(), cancellation);
        var output = new List<string>();
        while (await shell.StandardOutput.ReadLineAsync(cancellation) is { } line && line != End) output.Add(line);
        return string.Join('\n', output);
    }

    static List<(string Command, string Expected)> Steps(string readme)
    {
        var steps = new List<(string, string)>();
        foreach (Match block in ConsoleBlock().Matches(readme))
        {
            foreach (var step in block.Groups[1].Value.Split("$ ", StringSplitOptions.RemoveEmptyEntries).Select(step => step.TrimEnd()))
            {
                // A command may hold "$ " of its own only inside quotes, which the tour avoids.
                var end = step.IndexOf('\n', StringComparison.Ordinal);
                steps.Add(end < 0 ? (step, "") : (step[..end], step[(end + 1)..]));
            }
        }
        return steps;
    }

    static string Mask(string output)
    {
        var lines = output.Split('\n').Select(line => Blanks().Replace(Rules().Replace(Values().Replace(line, "#"), "─"), " ").Trim());
        return string.Join('\n', lines).Trim();
    }

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MyTradeX.slnx"))) return folder.FullName;
        throw new InvalidOperationException("These tests run inside the repository.");
    }

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ConsoleBlock();

    [GeneratedRegex("(net|req)-[0-9a-f]+|[-+]?[0-9][0-9.,]*")]
    private static partial Regex Values();

    [GeneratedRegex("─+")]
    private static partial Regex Rules();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();
}
