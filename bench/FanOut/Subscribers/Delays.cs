namespace MyTradeX.Bench.FanOut.Subscribers;

/// <summary>Delays by the microsecond, up to a second.</summary>
sealed class Delays
{
    readonly int[] _counts = new int[1_000_001];

    public long Count { get; private set; }

    public double LongestMs { get; private set; }

    public void Add(double microseconds)
    {
        Count++;
        _counts[(int)Math.Clamp(microseconds, 0, _counts.Length - 1)]++;
        LongestMs = Math.Max(LongestMs, microseconds / 1_000);
    }

    /// <summary>The delay that a share of all did not exceed, in milliseconds.</summary>
    public double Quantile(double share)
    {
        var left = (long)Math.Ceiling(Count * share);
        for (var i = 0; i < _counts.Length; i++)
            if ((left -= _counts[i]) <= 0)
                return i / 1_000.0;
        return LongestMs;
    }
}
