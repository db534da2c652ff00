using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace MyTradeX.EndToEnd.Tests;

/// <summary>
/// A page of the repository as somebody follows it: writes the programs that it shows to files of their names, types its console blocks into one shell, line by line, and compares what
/// comes back with what the page shows. Numbers, ids, times and the sides of strangers' trades differ from run to run and count as equal.
/// </summary>
sealed partial class GuidePage
{
    /// <summary>What pages write for the server's address.</summary>
    const string Server = "localhost:3001";

    readonly IReadOnlyList<(string Command, string Expected)> _steps;
    readonly IReadOnlyList<(string Name, string Text)> _programs;

    /// <summary>Reads a page.</summary>
    /// <param name="path">From the repository's root.</param>
    public GuidePage(string path)
    {
        var text = File.ReadAllText(Path.Combine(FindRoot(), path));
        _steps = [.. ConsoleBlock().Matches(text).SelectMany(block => Steps(block.Groups[1].Value))];
        _programs = [.. Program().Matches(text).Select(program => (program.Groups[2].Value, program.Groups[1].Value))];
    }

    /// <summary>How many commands it shows.</summary>
    public int StepCount => _steps.Count;

    /// <summary>Whether it takes a program to follow it.</summary>
    public bool Uses(string program) => _steps.Any(step => Regex.IsMatch(step.Command, $@"\b{program}\b")) || _programs.Any(shown => shown.Name.EndsWith(".sh", StringComparison.Ordinal) && shown.Text.Contains($"| {program} ", StringComparison.Ordinal));

    /// <summary>Follows it in a folder of its own.</summary>
    /// <param name="folder">Where programs are written and run, and home and settings of the tool are.</param>
    /// <param name="address">Host and port of a fresh server.</param>
    /// <param name="nodeOptions">For Node, where the page uses it.</param>
    public async Task FollowAsync(string folder, string address, string nodeOptions = "")
    {
        foreach (var (name, text) in _programs)
            await File.WriteAllTextAsync(Path.Combine(folder, name), Adapt(text, address));
        using var shell = Shell(folder, address, nodeOptions);
        try
        {
            foreach (var (command, expected) in _steps)
            {
                var actual = await TypeAsync(shell, Adapt(command, address), TestContext.Current.CancellationToken);
                Assert.Equal(Mask(expected), Mask(actual.Replace(address, Server, StringComparison.Ordinal)));
            }
        }
        finally
        {
            // What hangs in it has been given up.
            shell.Kill(entireProcessTree: true);
        }
    }

    /// <summary>The tool is run as it was built with the tests, and the server is where it was started.</summary>
    static string Adapt(string text, string address)
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Name;
        var tool = Path.Combine(new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Parent!.FullName, "Cli", build, "mytradex.dll");
        return text.Replace("dotnet run --project src/Cli --", $"dotnet '{tool}'", StringComparison.Ordinal).Replace(Server, address, StringComparison.Ordinal);
    }

    static Process Shell(string home, string address, string nodeOptions)
    {
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc"]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = home };
        start.Environment["HOME"] = home;
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(home, ".config");
        start.Environment["MYTRADEX_SERVER"] = $"http://{address}";
        start.Environment["COLUMNS"] = "160";
        start.Environment["NODE_OPTIONS"] = nodeOptions;
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

    // A command may hold "$ " of its own only inside quotes, which the pages avoid.
    static IEnumerable<(string Command, string Expected)> Steps(string block) => block.Split("$ ", StringSplitOptions.RemoveEmptyEntries).Select(step => step.TrimEnd()).Select(step =>
    {
        var end = step.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? (step, "") : (step[..end], step[(end + 1)..]);
    });

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

    // Its first line says in a comment what it is called: "// book.mjs: keeps a book".
    [GeneratedRegex(@"```(?:js|sh)\n((?://|#) ([\w.-]+): .*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();

    [GeneratedRegex("""(net|req)-[0-9a-f]+|"side":"(BUY|SELL)"|[-+]?[0-9][0-9.,]*""")]
    private static partial Regex Values();

    [GeneratedRegex("─+")]
    private static partial Regex Rules();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();
}
