namespace MyTradeX.Journal.Tests;

public sealed class TrimmingALog
{
    readonly SimulatedDisk _disk = new(1);

    [Fact]
    public void deletes_whole_segments_and_never_the_active_one()
    {
        using var log = _disk.OpenLog();
        for (var i = 0; i < 40; i++)
            log.Commit(i * 20, 20);
        log.TrimBefore(log.End);
        Assert.Single(_disk.Segments());
        log.Commit(800, 20);
        var last = log.LastAnchor;
        log.Commit(820, 1);
        Assert.Equal([820], log.Numbers(last));
    }

    [Fact]
    public void leaves_a_log_that_reopens_where_it_was()
    {
        LogAnchor anchor;
        using (var log = _disk.OpenLog())
        {
            for (var i = 0; i < 40; i++)
                log.Commit(i * 20, 20);
            anchor = log.Anchors()[500];
            log.TrimBefore(anchor.Position);
        }

        using var reopened = _disk.OpenLog();
        Assert.Equal(Support.Range(501, 299), reopened.Numbers(anchor));
    }
}
