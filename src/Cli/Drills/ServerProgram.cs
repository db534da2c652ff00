using MyTradeX.Cli.Terminal;

namespace MyTradeX.Cli.Drills;

/// <summary>Where the server's program lies: what the user runs, so that a drill tries the user's own installation.</summary>
internal static class ServerProgram
{
    const string Name = "MyTradeX.Server";

    /// <summary>The program at a path, which may name the file or its folder; without a path, the one that belongs to this tool.</summary>
    /// <exception cref="CommandFailedException">There is none; the message lists where it was looked for.</exception>
    public static string Find(string? given = null)
    {
        var candidates = (given is null ? Known() : Below(given)).Select(Path.GetFullPath).ToList();
        return candidates.Find(File.Exists) ?? throw new CommandFailedException(ExitCode.Failed, new(
            "SERVER_NOT_FOUND", $"The server's program is not there. Looked for {string.Join(", ", candidates)}.",
            "Build it (dotnet build src/Server), or name it: --server-program <path>"));
    }

    static IEnumerable<string> Below(string given) =>
        [given, Path.Combine(given, Name + ".dll"), Path.Combine(given, Name), Path.Combine(given, Name + ".exe")];

    // Beside the tool where both were published into one folder; else in the build's artifacts, where the tool lies in bin/Cli/<configuration>.
    static IEnumerable<string> Known()
    {
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        yield return Path.Combine(own.FullName, Name + ".dll");
        if (own.Parent?.Parent is { } artifacts) yield return Path.Combine(artifacts.FullName, "Server", own.Name, Name + ".dll");
    }
}
