namespace MyTradeX.Cli.Drills;

/// <summary>
/// Whether memory, handles and threads stay flat. The first third of a soak is for warming up: caches fill, a day's request keys with them. Of the rest
/// the second half is held against the first, median against median, so that one sample proves nothing.
/// </summary>
internal static class SoakVerdict
{
    /// <summary>Growth that is not one: what the garbage collector may leave lying or not.</summary>
    public const double MemoryShare = 0.10, MemoryMb = 32;

    /// <summary>Handles and threads come and go with connections and pool threads.</summary>
    public const int HandlesMore = 16, ThreadsMore = 8;

    /// <summary>The rule in words, for the report.</summary>
    public static string Rule => $"first third left out; median of the last third over that of the middle one: memory at most {MemoryShare:0%} or {MemoryMb} MB more, handles {HandlesMore}, threads {ThreadsMore}";

    /// <summary>What grew; empty when all is flat.</summary>
    /// <param name="samples">At least six.</param>
    public static IReadOnlyList<string> Growth(IReadOnlyList<SoakSample> samples)
    {
        var warm = samples.Skip(samples.Count / 3).ToList();
        var (before, after) = (warm[..(warm.Count / 2)], warm[(warm.Count / 2)..]);
        var growth = new List<string>();
        Check("memory, MB", sample => sample.ResidentMb, was => Math.Max(was * (1 + MemoryShare), was + MemoryMb));
        Check("handles", sample => sample.Handles, was => was + HandlesMore);
        Check("threads", sample => sample.Threads, was => was + ThreadsMore);
        return growth;

        void Check(string what, Func<SoakSample, double> value, Func<double, double> most)
        {
            var (was, isNow) = (Median(before.Select(value)), Median(after.Select(value)));
            if (isNow > most(was)) growth.Add($"{what}: {was:N0} grew to {isNow:N0}");
        }
    }

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
