using MyTradeX.Core;

namespace MyTradeX.Simulation.Mutants;

/// <summary>A journal that is passed on as it is, but for what a mutant overrides.</summary>
abstract class PassingLog(ICommandLog log) : ICommandLog
{
    protected ICommandLog Inner => log;

    public virtual LogPosition End => log.End;

    public virtual LogAnchor? LastAnchor => log.LastAnchor;

    public virtual LogPosition Append(ReadOnlySpan<byte> payload) => log.Append(payload);

    public virtual void Commit() => log.Commit();

    public virtual ILogReader Read(LogAnchor? after) => log.Read(after);

    public virtual void TrimBefore(LogPosition position) => log.TrimBefore(position);

    public void Dispose() => log.Dispose();
}

sealed record AnAnswerBeforeDurability() : Mutant("answers are given while their batch still waits for the next one's sync")
{
    public override ICommandLog Spoil(ICommandLog log) => new Late(log);

    sealed class Late(ICommandLog log) : PassingLog(log)
    {
        readonly List<byte[]> _staged = [];
        readonly List<byte[]> _waiting = [];

        // Once the journal has a first record, so that there is an anchor to give.
        bool IsLate => Inner.LastAnchor is not null;

        public override LogPosition Append(ReadOnlySpan<byte> payload)
        {
            if (!IsLate) return base.Append(payload);
            _staged.Add(payload.ToArray());
            return Inner.End;
        }

        public override void Commit()
        {
            foreach (var payload in _waiting) Inner.Append(payload);
            _waiting.Clear();
            Inner.Commit();
            _waiting.AddRange(_staged);
            _staged.Clear();
        }
    }
}

sealed record AnUnknownOutcomeTakenForDone() : Mutant("a commit whose sync failed is taken for done")
{
    public override ICommandLog Spoil(ICommandLog log) => new Hopeful(log);

    sealed class Hopeful(ICommandLog log) : PassingLog(log)
    {
        public override void Commit()
        {
            try
            {
                Inner.Commit();
            }
            catch (LogWriteException failure) when (failure.Outcome == LogWriteOutcome.Unknown && Inner.LastAnchor is not null)
            {
                // This is the bug.
            }
        }
    }
}

sealed record ARefusalOfWhatWasWritten() : Mutant("now and then a batch is refused that is in the journal")
{
    public override ICommandLog Spoil(ICommandLog log) => new Forgetful(log);

    sealed class Forgetful(ICommandLog log) : PassingLog(log)
    {
        int _commits;

        public override void Commit()
        {
            Inner.Commit();
            if (++_commits % 15 == 0) throw new LogWriteException(LogWriteOutcome.NotWritten, new IOException("There is no such trouble."));
        }
    }
}

sealed record ADuplicateTakenTwice() : Mutant("a record is delivered twice, the second time without the number that tells")
{
    public override ICommandLog Spoil(ICommandLog log) => new Numberless(log);

    sealed class Numberless(ICommandLog log) : PassingLog(log)
    {
        readonly byte[] _copy = new byte[CommandCodec.MaxBytes];
        int _appended;

        public override LogPosition Append(ReadOnlySpan<byte> payload)
        {
            var position = Inner.Append(payload);
            CommandCodec.Decode(payload, out var command);
            if (command.Header.Kind == CommandKind.StartEpoch || ++_appended % 20 != 0) return position;
            command.Header.Number = 0;
            Inner.Append(_copy.AsSpan(0, CommandCodec.Encode(in command, _copy)));
            return position;
        }
    }
}

sealed record ATrimTooEarly() : Mutant("the journal is trimmed to its end instead of to the oldest snapshot that is kept")
{
    public override ICommandLog Spoil(ICommandLog log) => new Eager(log);

    sealed class Eager(ICommandLog log) : PassingLog(log)
    {
        public override void TrimBefore(LogPosition position) => Inner.TrimBefore(Inner.End);
    }
}

sealed record AReplayWithoutTheLastRecord() : Mutant("a replay ends one record before the journal does")
{
    public override ICommandLog Spoil(ICommandLog log) => new Short(log);

    sealed class Short(ICommandLog log) : PassingLog(log)
    {
        public override ILogReader Read(LogAnchor? after) => new Reader(Inner.Read(after), Inner.LastAnchor);
    }

    sealed class Reader(ILogReader reader, LogAnchor? last) : ILogReader
    {
        public ReadOnlySpan<byte> Payload => reader.Payload;

        public LogAnchor Anchor => reader.Anchor;

        public bool MoveNext() => reader.MoveNext() && reader.Anchor != last;

        public void Dispose() => reader.Dispose();
    }
}
