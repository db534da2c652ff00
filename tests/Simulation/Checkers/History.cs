using MyTradeX.Core;
using MyTradeX.Venue;
using MyTradeX.Venue.Reconciliation;

namespace MyTradeX.Simulation.Checkers;

/// <summary>
/// What has happened according to an observer beside the journal, who writes down every record that was made durable and applies it to an
/// exchange of his own, from the first to the last. After a restart the journal must hold what he has, and of the batch that was being written
/// a first part at most.
/// </summary>
sealed class History(Tally tally)
{
    readonly List<(LogPosition Position, byte[] Payload)> _records = [];
    readonly List<(LogPosition Position, byte[] Payload)> _inDoubt = [];
    readonly HashSet<(ushort, uint, ulong)> _taken = [];
    readonly Dictionary<ulong, List<CommandResult>> _outcomes = [];
    readonly List<(long Sequence, int Trades, int LedgerLines)> _counts = [];
    readonly Findings _findings = new();
    EventAudit? _audit;
    int _trades;
    int _ledgerLines;

    /// <summary>The state that follows from every record.</summary>
    public Exchange Exchange { get; } = new();

    /// <summary>The events of every record that counted, a block each.</summary>
    public List<EventBlock> Events { get; } = [];

    /// <summary>Records that were written, are not in the journal, and may still be delivered late by whoever carries them.</summary>
    public List<byte[]> Strays { get; } = [];

    public IReadOnlyList<(LogPosition Position, byte[] Payload)> Records => _records;

    EventAudit Audit => _audit ??= new EventAudit(Exchange, _findings);

    /// <summary>Takes a batch that the journal has confirmed.</summary>
    public void Confirm(List<(LogPosition Position, byte[] Payload)> batch)
    {
        foreach (var record in batch) Take(record);
    }

    /// <summary>Takes note of a batch that may be in the journal or not.</summary>
    public void Doubt(List<(LogPosition Position, byte[] Payload)> batch) => _inDoubt.AddRange(batch);

    /// <summary>Compares with a journal as it was found at a start, and learns from it what became of the last batch.</summary>
    public void Reconcile(IDisk disk)
    {
        if (!disk.List().Any(name => name.EndsWith(".segment", StringComparison.Ordinal)))
        {
            BrokenPromiseException.Unless(_records.Count == 0, "The journal is gone.");
            GiveUp(0);
            return;
        }

        using var reader = new OfflineLogReader(disk);
        if (reader.Oldest > LogPosition.Start) tally.Count(Happening.JournalTrimmed);
        var next = _records.FindIndex(record => record.Position >= reader.Oldest);
        if (next < 0) next = _records.Count;
        BrokenPromiseException.Unless(next == _records.Count || _records[next].Position == reader.Oldest, $"The journal begins at {reader.Oldest}, where no record did.");
        var found = 0;
        while (reader.MoveNext())
        {
            if (next < _records.Count)
            {
                BrokenPromiseException.Unless(reader.Payload.SequenceEqual(_records[next].Payload), $"The record at {reader.Anchor.Position} is not the one that was confirmed there.");
            }
            else
            {
                BrokenPromiseException.Unless(
                    found < _inDoubt.Count && reader.Payload.SequenceEqual(_inDoubt[found].Payload),
                    $"The journal holds a record at {reader.Anchor.Position} that nobody wrote, or that was refused: {Describe(reader.Payload)}");
                Take((reader.Anchor.Position, reader.Payload.ToArray()));
                found++;
            }
            next++;
        }

        BrokenPromiseException.Unless(next >= _records.Count, $"The journal ends before {_records.Count - next} confirmed records, the first of them {(next < _records.Count ? Describe(_records[next].Payload) : "")}");
        if (_inDoubt.Count > 0) tally.Count(found == 0 ? Happening.BatchLost : found < _inDoubt.Count ? Happening.BatchCut : Happening.BatchKept);
        GiveUp(found);
    }

    /// <summary>The outcomes of a request's records, in order; repetitions of it included.</summary>
    public IReadOnlyList<CommandResult> OutcomesOf(ulong request) => _outcomes.TryGetValue(request, out var outcomes) ? outcomes : [];

    /// <summary>How many trades and ledger lines there were up to a command.</summary>
    public (int Trades, int LedgerLines) CountsAt(long sequence) =>
        sequence == 0 ? (0, 0) : (_counts[(int)sequence - 1].Trades, _counts[(int)sequence - 1].LedgerLines);

    /// <summary>Whether the observer's own books are in order: money and shares conserved, levels as told, holds as the open orders need.</summary>
    public void CheckBooks()
    {
        Audit.Compare();
        StateAudit.Run(Exchange, _findings);
        CheckFindings();
        Holds.Check(Exchange);
    }

    void Take((LogPosition Position, byte[] Payload) record)
    {
        _records.Add(record);
        CommandCodec.Decode(record.Payload, out var command);
        // He begins before the first command, with books as empty as the exchange.
        var audit = Audit;
        Exchange.Events.Clear();
        Exchange.Apply(in command, out var result);
        if (result.Sequence == 0)
        {
            BrokenPromiseException.Unless(Exchange.Events.IsEmpty, "A delivery that does not count has told events.");
            return;
        }

        var header = command.Header;
        BrokenPromiseException.Unless(_taken.Add((header.Producer, header.Epoch, header.Number)), $"Command {header.Epoch}/{header.Number} counts twice.");
        audit.Take(Exchange.Events);
        CheckFindings();
        foreach (var told in Exchange.Events)
        {
            if (told.Kind == EventKind.TradeExecuted) _trades++;
            if (told.Kind == EventKind.LedgerPosted) _ledgerLines++;
        }
        _counts.Add((Exchange.Sequence, _trades, _ledgerLines));
        BrokenPromiseException.Unless(_counts.Count == Exchange.Sequence, $"Command {_counts.Count} has sequence {Exchange.Sequence}.");
        Events.Add(new EventBlock(Exchange.Events.Bytes.ToArray(), Exchange.Sequence, Exchange.Sequence, new LogAnchor(record.Position, 0)));
        if (header.RequestFingerprint == 0) return;
        if (!_outcomes.TryGetValue(header.RequestFingerprint, out var outcomes)) _outcomes[header.RequestFingerprint] = outcomes = [];
        CheckOnce(outcomes, in result);
        outcomes.Add(result);
    }

    void CheckFindings() => BrokenPromiseException.Unless(_findings.Count == 0, $"The auditors found: {string.Join("; ", _findings.Kept)}");

    /// <summary>A request is carried out once, however often it is sent within the day that it is remembered.</summary>
    static void CheckOnce(List<CommandResult> outcomes, in CommandResult result)
    {
        if (!result.IsAccepted) return;
        foreach (var earlier in outcomes)
        {
            if (!earlier.IsAccepted || earlier.Repeated) continue;
            if (result.Repeated)
            {
                if (earlier.SubjectId == result.SubjectId) return;
                continue;
            }
            BrokenPromiseException.Unless(result.Time - earlier.Time >= Limits.RememberedForUs, $"A request was carried out at sequence {earlier.Sequence} and again at {result.Sequence}.");
        }
        BrokenPromiseException.Unless(!result.Repeated, "A request counts as repeated that was never carried out.");
    }

    // The first record of an epoch is tried again by the next start, under the same name: it does not stray.
    void GiveUp(int from)
    {
        Strays.AddRange(_inDoubt.Skip(from).Select(record => record.Payload).Where(payload => payload[0] != (byte)CommandKind.StartEpoch));
        _inDoubt.Clear();
    }

    static string Describe(ReadOnlySpan<byte> payload)
    {
        CommandCodec.Decode(payload, out var command);
        return $"{command.Header.Kind} {command.Header.Epoch}/{command.Header.Number}";
    }
}
