using MyTradeX.Journal;
using MyTradeX.Store;

namespace MyTradeX.Cli.DataFolders;

/// <summary>Copies data folders: a backup while trading goes on, a restore while nothing does.</summary>
internal static class DataBackup
{
    /// <summary>
    /// Copies a folder that a server may be using. The database goes first: the journal copied after it then reaches at least as far, and
    /// a start from the copy brings the database up to it. Uploaded files are copied after the database, too: every row that it has finds its file, unless that
    /// was deleted meanwhile, and a start from the copy forgets such a row.
    /// </summary>
    public static async Task BackUpAsync(DataFolder source, DataFolder target, Action<double> progress)
    {
        Directory.CreateDirectory(target.Path);
        if (source.HasStore)
        {
            await using var database = Database.Create(StoreOptions.Sqlite(source.StorePath));
            await database.BackupToAsync(target.StorePath);
        }
        CopyRest(source, target, progress);
    }

    /// <summary>Copies a backup into a new data folder.</summary>
    public static void Restore(DataFolder backup, DataFolder target, Action<double> progress)
    {
        Directory.CreateDirectory(target.Path);
        if (backup.HasStore) File.Copy(backup.StorePath, target.StorePath);
        CopyRest(backup, target, progress);
    }

    static void CopyRest(DataFolder source, DataFolder target, Action<double> progress)
    {
        foreach (var file in source.OtherFiles.ToList())
        {
            CopyFolder(Path.GetDirectoryName(Path.Combine(source.Path, file))!, Path.GetDirectoryName(Path.Combine(target.Path, file))!);
            try
            {
                File.Copy(Path.Combine(source.Path, file), Path.Combine(target.Path, file));
            }
            catch (FileNotFoundException) when (DataFolder.IsUpload(file))
            {
                // Its owner deleted it after it was listed.
            }
        }
        var total = Math.Max(1, source.JournalBytes());
        JournalBackup.Copy(source.Journal, target.Journal, new DataVerifier.Reporter(bytes => progress(Math.Min(1, (double)bytes / total))));
    }

    // A key's folder stays closed to others in the copy too; a file's own mode is copied with it.
    static void CopyFolder(string from, string to)
    {
        if (Directory.Exists(to)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(to);
        else Directory.CreateDirectory(to, File.GetUnixFileMode(from));
    }
}
