namespace MyTradeX.Journal.Tests;

/// <summary>Every committed record is there afterwards, in order; of the batch under way, a first part may be there as well.</summary>
public sealed class ACrash
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void at_any_operation_loses_nothing_committed_and_leaves_no_holes(bool onlyTheProcess)
    {
        for (var powerOffAt = 0; ; powerOffAt++)
            if (!RunAndCrash(seed: powerOffAt, powerOffAt, onlyTheProcess))
                break;
    }

    [Fact]
    public void repeated_many_times_on_one_disk_never_breaks_the_log()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            var disk = new SimulatedDisk(seed);
            var history = new List<long>();
            for (var life = 0; life < 12; life++)
                Live(disk, random, history, powerOffAt: disk.Operations + random.Next(60), steps: 40, $"seed {seed}, life {life}");
        }
    }

    [Fact]
    public void of_the_process_and_later_of_the_machine_loses_nothing_committed_in_between()
    {
        // The killed process may have left a new segment whose name only the system's memory knows.
        for (var seed = 0; ; seed++)
        {
            var disk = new SimulatedDisk(seed) { PowerOffAt = seed / 8 };
            var killed = false;
            try
            {
                var log = disk.OpenLog();
                for (var i = 0; i < 8; i++)
                    log.Commit(i * 20, 20, 394);
            }
            catch (PowerLostException)
            {
                killed = true;
            }

            disk.Kill();
            var reopened = disk.OpenLog();
            var found = reopened.Numbers();
            reopened.Commit(found.Count, 1);
            disk.Crash();
            using var last = disk.OpenLog();
            Assert.Equal(Support.Range(0, found.Count + 1), last.Numbers());
            if (!killed)
                break;
        }
    }

    [Fact]
    public void during_recovery_changes_nothing_about_what_the_next_one_finds()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var disk = new SimulatedDisk(seed);
            // Not disposed: its machine is gone.
            var log = disk.OpenLog();
            log.Commit(0, 30);
            disk.PowerOffAt = disk.Operations + (seed % 2);
            Assert.Throws<PowerLostException>(() => log.Commit(30, 60, 400));

            disk.Crash();
            for (var again = 0; again < 3; again++)
            {
                disk.PowerOffAt = disk.Operations + again;
                Assert.Throws<PowerLostException>(() => disk.OpenLog());
                disk.Crash();
            }

            using var recovered = disk.OpenLog();
            var numbers = recovered.Numbers();
            Assert.True(numbers.Count >= 30, $"seed {seed}");
            Assert.Equal(Support.Range(0, numbers.Count), numbers);
            recovered.Commit(numbers.Count, 1);
            recovered.Dispose();
            using var last = disk.OpenLog();
            Assert.Equal(Support.Range(0, numbers.Count + 1), last.Numbers());
        }
    }

    [Fact]
    public void that_tears_the_last_write_is_reported_with_the_bytes_cut()
    {
        long most = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var disk = new SimulatedDisk(seed);
            // Not disposed: its machine is gone.
            var log = disk.OpenLog();
            log.Commit(0, 3);
            disk.PowerOffAt = disk.Operations + 1;
            Assert.Throws<PowerLostException>(() => log.Commit(3, 100));

            disk.Crash();
            using var recovered = FileCommandLog.Open(disk, Support.Small, out var report);
            Assert.Equal(recovered.Numbers().Count, report.Records);
            Assert.Contains(report.TornBytesCut > 0 ? "bytes of a torn tail" : "no torn tail", report.ToString());
            most = Math.Max(most, report.TornBytesCut);
        }

        Assert.InRange(most, 1, 100 * 172);
    }

    [Fact]
    public void never_brings_back_what_was_cut()
    {
        // A batch whose first sector was lost is cut; a shorter batch in its place must not be continued by the old one's rest.
        for (var seed = 0; seed < 100; seed++)
        {
            var disk = new SimulatedDisk(seed);
            // Not disposed: its machine is gone.
            var log = disk.OpenLog();
            log.Commit(0, 1);
            disk.PowerOffAt = disk.Operations + 1;
            Assert.Throws<PowerLostException>(() => log.Commit(1, 100));

            disk.Crash();
            int kept;
            using (var recovered = disk.OpenLog())
            {
                kept = recovered.Numbers().Count;
                recovered.Commit(5000, 1);
            }

            using var reopened = disk.OpenLog();
            Assert.Equal([.. Support.Range(0, kept), 5000], reopened.Numbers());
        }
    }

    static bool RunAndCrash(int seed, int powerOffAt, bool onlyTheProcess)
    {
        var disk = new SimulatedDisk(seed);
        // The same work each time, across several segments, so that every operation of it is interrupted once.
        return Live(disk, new Random(1), [], powerOffAt, steps: 60, $"power off at {powerOffAt}", onlyTheProcess);
    }

    static bool Live(SimulatedDisk disk, Random random, List<long> history, int powerOffAt, int steps, string label, bool onlyTheProcess = false)
    {
        disk.PowerOffAt = powerOffAt;
        var crashed = false;
        var staged = new List<long>();
        var next = history.Count == 0 ? 0 : history.Max() + 1;
        try
        {
            using var log = disk.OpenLog();
            for (var step = 0; step < steps; step++)
            {
                for (var count = random.Next(1, 40); count > 0; count--)
                {
                    staged.Add(next);
                    log.Append(Support.Payload(next++, random.Next(8, 400)));
                }

                log.Commit();
                history.AddRange(staged);
                staged.Clear();
            }
        }
        catch (PowerLostException)
        {
            crashed = true;
        }

        if (onlyTheProcess)
            disk.Kill();
        else
            disk.Crash();
        using var recovered = disk.OpenLog();
        var numbers = recovered.Numbers();
        var extra = numbers.Count - history.Count;
        Assert.True(extra >= 0 && extra <= staged.Count, $"{label}: {history.Count} committed, {staged.Count} staged, {numbers.Count} found");
        history.AddRange(staged.Take(extra));
        Assert.True(history.SequenceEqual(numbers), label);
        return crashed;
    }
}
