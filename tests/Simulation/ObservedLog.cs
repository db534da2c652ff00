using MyTradeX.Core;
using MyTradeX.Simulation.Checkers;

namespace MyTradeX.Simulation;

/// <summary>
/// Stands between the venue and its journal: tells the observer what was confirmed, and delivers, as a journal on several servers may, a
/// command a second time, or late one that its server had given up.
/// </summary>
sealed class ObservedLog(ICommandLog log, History history, Random random, bool delivers, Tally tally) : ICommandLog
{
    readonly List<(LogPosition Position, byte[] Payload)> _batch = [];

    /// <summary>Why the journal may stop the venue: the last commit whose outcome is unknown.</summary>
    public LogWriteException? Unknown { get; private set; }

    /// <summary>Commits that were refused as not written.</summary>
    public int Refusals { get; private set; }

    public LogPosition End => log.End;

    public LogAnchor? LastAnchor => log.LastAnchor;

    public LogPosition Append(ReadOnlySpan<byte> payload)
    {
        // Not before an epoch has begun: until then a late delivery would count, and a server that begins has read on to there.
        if (_batch.Count == 0 && delivers && payload[0] != (byte)CommandKind.StartEpoch)
        {
            if (history.Records.Count > 0 && random.Next(4) == 0)
            {
                Add(history.Records[random.Next(Math.Max(0, history.Records.Count - 20), history.Records.Count)].Payload);
                tally.Count(Happening.DeliveredTwice);
            }
            if (history.Strays.Count > 0 && random.Next(3) == 0)
            {
                Add(history.Strays[random.Next(history.Strays.Count)]);
                tally.Count(Happening.DeliveredLate);
            }
        }
        return Add(payload);
    }

    public void Commit()
    {
        try
        {
            log.Commit();
        }
        catch (LogWriteException failure) when (failure.Outcome == LogWriteOutcome.NotWritten)
        {
            Refusals++;
            tally.Count(Happening.CommitRefused);
            _batch.Clear();
            throw;
        }
        catch (Exception failure)
        {
            Unknown = failure as LogWriteException;
            if (Unknown is not null) tally.Count(Happening.CommitUnknown);
            history.Doubt(_batch);
            _batch.Clear();
            throw;
        }
        history.Confirm(_batch);
        _batch.Clear();
    }

    public ILogReader Read(LogAnchor? after) => log.Read(after);

    public void TrimBefore(LogPosition position) => log.TrimBefore(position);

    public void Dispose() => log.Dispose();

    LogPosition Add(ReadOnlySpan<byte> payload)
    {
        var position = log.Append(payload);
        _batch.Add((position, payload.ToArray()));
        return position;
    }
}
