namespace MyTradeX.Journal.Tests;

public sealed class ReadingALog
{
    readonly SimulatedDisk _disk = new(1);

    [Fact]
    public void continues_after_every_anchor()
    {
        using var log = _disk.OpenLog();
        for (var i = 0; i < 40; i++)
            log.Commit(i * 20, 20);
        var anchors = log.Anchors();
        for (var i = 0; i < anchors.Count; i += 7)
            Assert.Equal(Support.Range(i + 1, anchors.Count - i - 1), log.Numbers(anchors[i]));
        Assert.Empty(log.Numbers(anchors[^1]));
    }

    [Fact]
    public void refuses_an_anchor_to_another_record()
    {
        using var log = _disk.OpenLog();
        log.Commit(0, 3);
        var anchor = log.Anchors()[1];
        Assert.Throws<LogDivergedException>(() => log.Read(anchor with { Checksum = anchor.Checksum + 1 }));
        Assert.Throws<LogDivergedException>(() => log.Read(anchor with { Position = new LogPosition(anchor.Position.Value + 4) }));
        Assert.Throws<LogDivergedException>(() => log.Read(anchor with { Position = new LogPosition(anchor.Position.Value + 1) }));
    }

    [Fact]
    public void refuses_an_anchor_past_the_end_as_the_log_has_lost_it()
    {
        using var log = _disk.OpenLog();
        log.Commit(0, 3);
        Assert.Throws<LogDivergedException>(() => log.Read(new LogAnchor(log.End, 1)));
    }

    [Fact]
    public void refuses_the_same_record_of_another_log()
    {
        using var log = _disk.OpenLog();
        using var other = new SimulatedDisk(1).OpenLog(Support.Small with { NewLogId = Guid.NewGuid() });
        log.Commit(0, 3);
        other.Commit(0, 3);
        Assert.Throws<LogDivergedException>(() => log.Read(other.Anchors()[1]));
    }

    [Fact]
    public void asks_for_a_newer_snapshot_when_the_log_is_trimmed()
    {
        using var log = _disk.OpenLog();
        for (var i = 0; i < 40; i++)
            log.Commit(i * 20, 20);
        var anchors = log.Anchors();
        var needed = anchors[600];
        log.TrimBefore(needed.Position);
        Assert.Throws<LogTrimmedException>(() => log.Read(null));
        Assert.Throws<LogTrimmedException>(() => log.Read(anchors[0]));
        Assert.Equal(Support.Range(601, 199), log.Numbers(needed));
    }

    [Fact]
    public void tells_a_reader_that_was_overtaken_by_trimming()
    {
        using var log = _disk.OpenLog();
        log.Commit(0, 20);
        using var reader = log.Read(null);
        Assert.True(reader.MoveNext());
        for (var i = 1; i < 100; i++)
            log.Commit(i * 20, 20);
        log.TrimBefore(log.End);
        Assert.Throws<LogTrimmedException>(() => reader.Rest());
    }

    [Fact]
    public void survives_a_bit_that_flips_on_the_way_from_the_disk()
    {
        using var log = _disk.OpenLog();
        log.Commit(0, 50);
        _disk.FlipBitOfNextRead = true;
        Assert.Equal(Support.Range(0, 50), log.Numbers());
    }

    [Fact]
    public async Task follows_the_writer_from_another_thread()
    {
        using var folder = new TemporaryFolder();
        using var log = FileCommandLog.Open(new FileDisk(folder.Path), Support.Small with { PrepareInBackground = true }, out _);
        const int records = 20_000;
        using var reader = log.Read(null);
        var following = Task.Run(() =>
        {
            var numbers = new List<long>();
            var deadline = Environment.TickCount64 + 60_000;
            while (numbers.Count < records && Environment.TickCount64 < deadline)
                numbers.AddRange(reader.Rest());
            return numbers;
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < records; i += 100)
            log.Commit(i, 100);
        Assert.Equal(Support.Range(0, records), await following);
    }
}
