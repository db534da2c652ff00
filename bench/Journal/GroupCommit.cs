using System.Diagnostics;
using MyTradeX.Journal;

namespace MyTradeX.Bench.Journal;

/// <summary>
/// Writers that each wait until their record is durable before they send the next. Whatever has been sent while one batch was written is the next batch, as
/// in the sequencer; there is no timer and no thread but one, so that the log is measured and not the handing over between threads.
/// </summary>
sealed class GroupCommit(ICommandLog log, int writers, int payloadBytes)
{
    readonly byte[] _payload = [.. Enumerable.Range(0, payloadBytes).Select(i => (byte)(i * 31 + 1))];
    readonly long[] _sentAt = new long[writers];

    /// <summary>Runs for a time and returns what every record waited, in ticks of the stopwatch, and the seconds it took.</summary>
    public (List<long> Waits, double Seconds) Run(TimeSpan duration)
    {
        var waits = new List<long>(1 << 20);
        var started = Stopwatch.GetTimestamp();
        Array.Fill(_sentAt, started);
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            for (var writer = 0; writer < writers; writer++) log.Append(_payload);
            log.Commit();
            for (var writer = 0; writer < writers; writer++)
            {
                var now = Stopwatch.GetTimestamp();
                waits.Add(now - _sentAt[writer]);
                _sentAt[writer] = now;
            }
        }
        return (waits, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
