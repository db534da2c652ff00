namespace MyTradeX.Core.Tests.Properties;

public class DamagedBytes
{
    static readonly byte[] s_snapshot = MakeSnapshot();

    static byte[] MakeSnapshot()
    {
        var exchange = new Exchange();
        foreach (var command in Streams.Commands(seed: 3, length: 150)) exchange.Apply(command, out _);
        Assert.True(exchange.OpenOrderCount > 0);
        return Replays.SnapshotOf(exchange);
    }

    [Fact]
    public void of_a_snapshot_cut_short_anywhere_are_refused()
    {
        for (var length = 0; length < s_snapshot.Length; length++)
            AssertRefused(s_snapshot[..length], $"cut to {length} of {s_snapshot.Length} bytes");
    }

    [Fact]
    public void of_a_snapshot_with_one_bit_turned_are_refused()
    {
        var random = new Random(1);
        for (var place = 0; place < s_snapshot.Length; place++)
        {
            var damaged = s_snapshot.ToArray();
            damaged[place] ^= (byte)(1 << random.Next(8));
            AssertRefused(damaged, $"byte {place} of {s_snapshot.Length} changed");
        }
    }

    [Fact]
    public void of_a_snapshot_with_wild_numbers_in_it_are_refused()
    {
        for (var place = 0; place + 8 <= s_snapshot.Length; place++)
        {
            foreach (var wild in (ReadOnlySpan<long>)[-1, long.MinValue, long.MaxValue, int.MaxValue, 0])
            {
                var damaged = s_snapshot.ToArray();
                BitConverter.TryWriteBytes(damaged.AsSpan(place), wild);
                if (!damaged.AsSpan().SequenceEqual(s_snapshot)) AssertRefused(damaged, $"{wild} written at {place} of {s_snapshot.Length}");
            }
        }
    }

    [Fact]
    public void behind_a_snapshot_are_refused() => AssertRefused([.. s_snapshot, 0], "a byte too many");

    [Fact]
    public void that_are_no_snapshot_at_all_are_refused()
    {
        var random = new Random(2);
        for (var run = 0; run < 1_000; run++)
        {
            var noise = new byte[random.Next(300)];
            random.NextBytes(noise);
            AssertRefused(noise, $"noise, run {run}");
        }
    }

    [Fact]
    public void of_a_command_are_read_as_a_command_or_refused()
    {
        var random = new Random(3);
        for (var run = 0; run < 20_000; run++)
        {
            var noise = new byte[random.Next(CommandCodec.MaxBytes + 4)];
            random.NextBytes(noise);
            if (noise.Length > 0) noise[0] = (byte)random.Next(18);
            try
            {
                CommandCodec.Decode(noise, out var command);
                Assert.True(Enum.IsDefined(command.Header.Kind));
            }
            catch (InvalidDataException)
            {
                // Said no; that is the other half of the promise.
            }
        }
    }

    static void AssertRefused(byte[] bytes, string damage)
    {
        try
        {
            Exchange.ReadSnapshot(bytes);
        }
        catch (InvalidDataException)
        {
            return;
        }
        catch (Exception other)
        {
            Assert.Fail($"A snapshot ({damage}) was met with {other}");
        }
        Assert.Fail($"A snapshot ({damage}) was taken.");
    }
}
