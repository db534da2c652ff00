namespace MyTradeX.Journal.Snapshots;

/// <summary>The names of snapshot files: the venue's sequence in 20 digits, so that names sort as snapshots do.</summary>
static class SnapshotFile
{
    public const string Suffix = ".snapshot";

    /// <summary>A snapshot being written.</summary>
    public const string Next = "snapshot.preparing";

    public static string NameOf(long sequence) => $"{sequence:D20}{Suffix}";

    /// <summary>The snapshot files of a folder, newest first.</summary>
    public static string[] In(Disks.IDisk disk) =>
        [.. disk.List().Where(name => name.EndsWith(Suffix, StringComparison.Ordinal)).OrderDescending(StringComparer.Ordinal)];
}
