using System.Buffers;

namespace MyTradeX.Core.Tests.Properties;

public class Replays
{
    [Fact]
    public void give_the_same_events_and_the_same_state_byte_for_byte() => Streams.ForEachSeed(60, seed =>
    {
        var commands = Streams.Commands(seed, 200);
        var (first, second) = (new Exchange(), new Exchange());
        foreach (var command in commands)
        {
            first.Apply(command, out _);
            second.Apply(command, out _);
        }
        Assert.False(first.Events.IsEmpty);
        Assert.True(first.Events.Bytes.SequenceEqual(second.Events.Bytes), $"Seed {seed}: the events differ.");
        Assert.True(SnapshotOf(first).SequenceEqual(SnapshotOf(second)), $"Seed {seed}: the snapshots differ.");
        Assert.Equal(first.StateHash(), second.StateHash());
    });

    [Fact]
    public void are_the_same_whatever_was_expected_to_come() => Streams.ForEachSeed(120, seed =>
    {
        var commands = Streams.Commands(seed, 200);
        var random = new Random(seed);
        var (plain, told) = (new Exchange(), new Exchange());
        foreach (var command in commands)
        {
            plain.Apply(command, out _);
            // Right and wrong ones, none and many, of the past and of the future, and some that name what never was.
            for (var count = random.Next(4); count > 0; count--) told.Expect(commands[random.Next(commands.Count)]);
            if (random.Next(10) == 0) told.Expect(Command.From(1, new CancelOrder { OrderId = random.NextInt64() }));
            if (random.Next(10) == 0) told.Expect(Command.From(1, new PlaceOrder { AccountId = random.NextInt64(), InstrumentId = random.Next(), Side = (Side)random.Next(256) }));
            told.Apply(command, out _);
        }
        Assert.True(plain.Events.Bytes.SequenceEqual(told.Events.Bytes), $"Seed {seed}: what was expected has changed the events.");
        Assert.Equal(plain.StateHash(), told.StateHash());
    });

    [Fact]
    public void go_on_from_a_snapshot_as_if_it_had_never_been_taken() => Streams.ForEachSeed(120, seed =>
    {
        var commands = Streams.Commands(seed, 200);
        var cut = new Random(seed).Next(commands.Count + 1);
        var live = new Exchange();
        foreach (var command in commands[..cut]) live.Apply(command, out _);
        var snapshot = SnapshotOf(live);
        var restored = Exchange.ReadSnapshot(snapshot);
        Assert.True(snapshot.SequenceEqual(SnapshotOf(restored)), $"Seed {seed}: a restored exchange at {cut} writes another snapshot.");
        Assert.Equal(live.NextDeadline, restored.NextDeadline);

        live.Events.Clear();
        foreach (var command in commands[cut..])
        {
            live.Apply(command, out var ours);
            restored.Apply(command, out var theirs);
            Assert.Equal((ours.Sequence, ours.Code, ours.SubjectId, ours.Repeated, ours.Count, ours.Order), (theirs.Sequence, theirs.Code, theirs.SubjectId, theirs.Repeated, theirs.Count, theirs.Order));
        }
        Assert.True(live.Events.Bytes.SequenceEqual(restored.Events.Bytes), $"Seed {seed}: the events after a restart at {cut} differ.");
        Assert.True(SnapshotOf(live).SequenceEqual(SnapshotOf(restored)), $"Seed {seed}: the state after a restart at {cut} differs.");
        Assert.Equal(live.StateHash(), restored.StateHash());
    });

    [Fact]
    public void may_deliver_a_numbered_command_twice() => Streams.ForEachSeed(30, seed =>
    {
        var (once, twice) = (new Exchange(), new Exchange());
        var start = Command.StartEpoch();
        (start.Header.Producer, start.Header.Epoch) = (9, 1);
        once.Apply(start, out _);
        twice.Apply(start, out _);
        var number = 0UL;
        foreach (var sample in Streams.Commands(seed, 120))
        {
            var command = sample;
            if (command.Header.Kind == CommandKind.StartEpoch) continue;
            (command.Header.Producer, command.Header.Epoch, command.Header.Number) = (9, 1, ++number);
            once.Apply(command, out _);
            twice.Apply(command, out _);
            twice.Apply(command, out var repeated);
            Assert.Equal(0, repeated.Sequence);
        }
        Assert.True(once.Events.Bytes.SequenceEqual(twice.Events.Bytes), $"Seed {seed}: delivering twice has shown in the events.");
        Assert.Equal(once.StateHash(), twice.StateHash());
    });

    [Fact]
    public void read_every_command_from_its_journal_bytes() => Streams.ForEachSeed(60, seed =>
    {
        var (direct, journaled) = (new Exchange(), new Exchange());
        var buffer = new byte[CommandCodec.MaxBytes];
        foreach (var command in Streams.Commands(seed, 200))
        {
            var length = CommandCodec.Encode(command, buffer);
            CommandCodec.Decode(buffer.AsSpan(0, length), out var read);
            var again = new byte[CommandCodec.MaxBytes];
            Assert.Equal(length, CommandCodec.Encode(read, again));
            Assert.True(buffer.AsSpan(0, length).SequenceEqual(again.AsSpan(0, length)));
            Assert.Equal(command.Header, read.Header);
            direct.Apply(command, out _);
            journaled.Apply(read, out _);
        }
        Assert.Equal(direct.StateHash(), journaled.StateHash());
    });

    internal static byte[] SnapshotOf(Exchange exchange)
    {
        var bytes = new ArrayBufferWriter<byte>();
        exchange.WriteSnapshot(bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
