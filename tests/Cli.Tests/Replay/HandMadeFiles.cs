using MyTradeX.Cli.Replay;

namespace MyTradeX.Cli.Tests.Replay;

/// <summary>Small LOBSTER files in a folder of their own, deleted at the end of the test.</summary>
public sealed class HandMadeFiles : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-replay-");

    internal ReplayReport Replay(string messages, string? best = null, string? levels = null, string? opening = null, int? messageLevels = null) =>
        LobsterReplay.Run(Write(messages, best, levels, opening, messageLevels));

    internal LobsterFiles Write(string messages, string? best = null, string? levels = null, string? opening = null, int? messageLevels = null) => new(
        File("message.csv", messages)!, File("orderbook.csv", levels), File("bbo.csv", best), File("opening.csv", opening),
        messageLevels, "TEST", new DateOnly(2012, 6, 21));

    internal string PathOf(string name) => Path.Combine(_folder.FullName, name);

    internal string? File(string name, string? rows)
    {
        if (rows is null) return null;
        System.IO.File.WriteAllLines(PathOf(name), rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return PathOf(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
