using MyTradeX.Cli.DataFolders;

namespace MyTradeX.Cli.Drills;

/// <summary>Where a drill's server keeps its data: a new temporary folder, deleted at the end, or an empty one of the user's, which is left as it is then.</summary>
internal sealed class DrillFolder : IDisposable
{
    readonly bool _isTemporary;

    /// <summary>The user's folder, or a temporary one when null.</summary>
    public DrillFolder(string? given = null)
    {
        _isTemporary = given is null;
        Path = given is null ? Directory.CreateTempSubdirectory("mytradex-drill-").FullName : DataFolder.Empty(given).Path;
    }

    public string Path { get; }

    /// <summary>Whether it stays: what a finding was seen on is evidence.</summary>
    public bool Keeps { get; set; }

    public void Dispose()
    {
        if (_isTemporary && !Keeps) Directory.Delete(Path, recursive: true);
    }
}
