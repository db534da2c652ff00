namespace MyTradeX.Bench.DemoWeek;

/// <summary>What a venue's folder holds at a moment, bytes.</summary>
readonly record struct DiskUse(long Sql, long WriteAheadLog, long Segments, long Prepared, long Snapshots)
{
    public long Total => Sql + WriteAheadLog + Segments + Prepared + Snapshots;

    public static DiskUse Of(string folder)
    {
        var use = new DiskUse();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            long bytes;
            try
            {
                bytes = file.Length;
            }
            catch (FileNotFoundException)
            {
                continue; // Trimmed between the listing and the look.
            }
            use = file.Name switch
            {
                "store.db" => use with { Sql = use.Sql + bytes },
                _ when file.Name.StartsWith("store.db-", StringComparison.Ordinal) => use with { WriteAheadLog = use.WriteAheadLog + bytes },
                _ when file.Name.EndsWith(".snapshot", StringComparison.Ordinal) => use with { Snapshots = use.Snapshots + bytes },
                _ when file.Name.EndsWith(".segment", StringComparison.Ordinal) => use with { Segments = use.Segments + bytes },
                _ => use with { Prepared = use.Prepared + bytes },
            };
        }
        return use;
    }

    public override string ToString() =>
        FormattableString.Invariant($"{Mb(Total),6} MB = SQL {Mb(Sql)} + its log {Mb(WriteAheadLog)} + journal {Mb(Segments)} + prepared {Mb(Prepared)} + snapshots {Mb(Snapshots)}");

    static string Mb(long bytes) => (bytes / 1e6).ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
