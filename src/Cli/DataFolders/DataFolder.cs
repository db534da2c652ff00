using MyTradeX.Cli.Terminal;
using MyTradeX.Journal.Disks;

namespace MyTradeX.Cli.DataFolders;

/// <summary>A server's data folder: <c>journal/</c> with the log and its snapshots, <c>store.db</c> unless the database is elsewhere, key files, and <c>files/</c> with what users uploaded.</summary>
internal sealed class DataFolder(string path)
{
    const string JournalName = "journal";
    const string StoreName = "store.db";
    const string UploadsName = "files";
    const string UnfinishedUpload = ".part";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string JournalPath => System.IO.Path.Combine(Path, JournalName);

    public string StorePath => System.IO.Path.Combine(Path, StoreName);

    public bool HasStore => File.Exists(StorePath);

    public FileDisk Journal => new(JournalPath);

    /// <summary>Files beside journal and database – the server's keys, what users uploaded whole – by their path within the folder.</summary>
    public IEnumerable<string> OtherFiles => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
        .Select(file => System.IO.Path.GetRelativePath(Path, file))
        .Where(file => !file.StartsWith(StoreName, StringComparison.Ordinal) && !file.StartsWith(JournalName + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !(IsUpload(file) && file.EndsWith(UnfinishedUpload, StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);

    /// <summary>Whether a path within the folder is a file that a user uploaded, and may delete at any time.</summary>
    public static bool IsUpload(string file) => file.StartsWith(UploadsName + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>A folder that must hold a journal.</summary>
    public static DataFolder Existing(string path)
    {
        var folder = new DataFolder(path);
        if (Directory.Exists(folder.JournalPath)) return folder;
        throw new CommandFailedException(ExitCode.Failed, new(
            "NO_JOURNAL", $"There is no journal in {folder.Path}.", $"Name the server's data folder: the one that holds the folder '{JournalName}'."));
    }

    /// <summary>A folder that must be new or empty.</summary>
    public static DataFolder Empty(string path)
    {
        var folder = new DataFolder(path);
        if (!Directory.Exists(folder.Path) || !Directory.EnumerateFileSystemEntries(folder.Path).Any()) return folder;
        throw new CommandFailedException(ExitCode.Failed, new("TARGET_NOT_EMPTY", $"{folder.Path} is not empty.", "Name a new folder; nothing is ever overwritten."));
    }

    /// <summary>Bytes of the journal's files, for a progress bar.</summary>
    public long JournalBytes() => new DirectoryInfo(JournalPath).EnumerateFiles().Sum(file => file.Length);
}
