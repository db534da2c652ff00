namespace MyTradeX.Journal.Format;

/// <summary>The names of segment files: the first position in 20 digits, so that names sort as positions do.</summary>
static class SegmentFile
{
    public const string Suffix = ".segment";

    /// <summary>The segment being filled with zeros. It never holds a record, and one left over from a crash is thrown away.</summary>
    public const string Next = "next.preparing";

    public static string NameOf(long first) => $"{first:D20}{Suffix}";

    /// <summary>The segment files of a folder, oldest first.</summary>
    public static string[] In(Disks.IDisk disk) =>
        [.. disk.List().Where(name => name.EndsWith(Suffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
