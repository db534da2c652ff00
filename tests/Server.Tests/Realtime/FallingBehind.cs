using Xunit;

namespace MyTradeX.Server.Tests.Realtime;

public sealed class FallingBehind
{
    const int MoreThanIsKept = 9_000;

    readonly HubGround _ground = new();

    [Fact]
    public void a_slow_reader_of_states_gets_the_newest_alone()
    {
        var session = _ground.Open(topics: HubGround.LatestName);
        session.IsSlow = true;
        for (var i = 0; i < 1_000; i++)
            _ground.Publish(HubGround.LatestName, i);

        Assert.Equal(["999"], HubGround.Data(HubGround.TakeAll(session)));
    }

    [Fact]
    public void a_slow_reader_of_changes_gets_the_whole_state()
    {
        var session = _ground.Open(topics: HubGround.DiffsName);
        session.IsSlow = true;
        for (var i = 0; i < 1_000; i++)
            _ground.Publish(HubGround.DiffsName, i);

        var taken = HubGround.TakeAll(session);

        Assert.Equal((HubGround.DiffsName + ":state", "999"), (taken.Single().Name, HubGround.Data(taken).Single()));
    }

    [Fact]
    public void a_slow_reader_of_changes_misses_none_while_another_topic_is_taken_in_parts()
    {
        var session = _ground.Open(topics: [HubGround.DiffsName, HubGround.TapeName]);
        session.IsSlow = true;
        for (var i = 0; i < 1_000; i++)
            _ground.Publish(i % 3 == 0 ? HubGround.DiffsName : HubGround.TapeName, i);

        var taken = HubGround.TakeAll(session);
        session.IsSlow = false;
        _ground.Publish(HubGround.DiffsName, "after");
        taken.AddRange(HubGround.TakeAll(session));

        var changes = taken.Where(e => e.Topic == HubGround.DiffsName).ToList();
        Assert.Equal(HubGround.DiffsName + ":state", changes[0].Name);
        foreach (var (before, e) in changes.Zip(changes.Skip(1)))
            Assert.True(e.Name.EndsWith(":state", StringComparison.Ordinal) || e.FirstSequence == before.Sequence + 1, $"{e.FirstSequence} follows {before.Sequence}");
        Assert.Equal("\"after\"", HubGround.Data(changes)[^1]);
    }

    [Fact]
    public void a_gap_is_told_once_while_another_topic_is_taken_in_parts()
    {
        var session = _ground.Open(topics: [HubGround.LosslessName, HubGround.TapeName]);
        _ground.Publish(HubGround.LosslessName, "first");
        var first = HubGround.TakeAll(session).Single();
        for (var i = 0; i < 600; i++)
            _ground.Publish(HubGround.TapeName, i);
        for (var i = 0; i < MoreThanIsKept; i++)
            _ground.Publish(HubGround.LosslessName, i);

        var again = _ground.Open(first.Id, topics: [HubGround.LosslessName, HubGround.TapeName]);
        var taken = HubGround.TakeAll(again);

        Assert.Null(again.ClosedBecause);
        var gap = Assert.Single(taken, e => e.Name == "gap");
        Assert.Equal(taken.Count(e => e.Topic == HubGround.LosslessName) - 1, first.Sequence + MoreThanIsKept - gap.Sequence);
        Assert.Equal(600, taken.Count(e => e.Topic == HubGround.TapeName));
    }

    [Fact]
    public void a_slow_reader_of_his_own_events_gets_every_one()
    {
        var session = _ground.Open(topics: HubGround.LosslessName);
        session.IsSlow = true;
        for (var i = 0; i < 1_000; i++)
            _ground.Publish(HubGround.LosslessName, i);

        Assert.Equal(1_000, HubGround.TakeAll(session).Count);
    }

    [Fact]
    public void beyond_what_is_kept_a_reader_of_his_own_events_is_closed_and_can_resume_to_a_gap()
    {
        var session = _ground.Open(topics: HubGround.LosslessName);
        _ground.Publish(HubGround.LosslessName, "first");
        var first = HubGround.TakeAll(session).Single();
        for (var i = 0; i < MoreThanIsKept; i++)
            _ground.Publish(HubGround.LosslessName, i);

        Assert.Empty(HubGround.TakeAll(session));
        Assert.Equal("SERVICE_UNAVAILABLE", session.ClosedBecause!.Code.Name);

        var again = HubGround.TakeAll(_ground.Open(first.Id, topics: HubGround.LosslessName));
        Assert.Equal("gap", again[0].Name);
        Assert.Equal(again[0].Sequence + 1, again[1].Sequence);
        Assert.Equal(first.Sequence + MoreThanIsKept, again[^1].Sequence);
        Assert.Single(again, e => e.Name == "gap");
    }

    [Fact]
    public void beyond_what_is_kept_a_reader_of_a_tape_is_told_of_one_gap()
    {
        var session = _ground.Open(topics: HubGround.TapeName);
        for (var i = 0; i < MoreThanIsKept; i++)
            _ground.Publish(HubGround.TapeName, i);

        var taken = HubGround.TakeAll(session);

        Assert.Null(session.ClosedBecause);
        Assert.Equal("gap", taken[0].Name);
        Assert.Single(taken, e => e.Name == "gap");
        Assert.Equal(taken[0].Sequence + 1, taken[1].Sequence);
        Assert.Equal((MoreThanIsKept - 1).ToString(System.Globalization.CultureInfo.InvariantCulture), HubGround.Data(taken)[^1]);
    }

    [Fact]
    public void what_is_older_than_the_window_is_forgotten_and_told_as_a_gap()
    {
        var session = _ground.Open(topics: HubGround.TapeName);
        _ground.Publish(HubGround.TapeName, "seen");
        var seen = HubGround.TakeAll(session).Single();
        _ground.Publish(HubGround.TapeName, "missed");
        _ground.Clock.Advance(TimeSpan.FromSeconds(_ground.Hub.Options.KeepSeconds + 1));
        _ground.Publish(HubGround.TapeName, "kept");
        _ground.Topics.Sweep();

        Assert.Equal(["gap", "\"kept\""], HubGround.Data(HubGround.TakeAll(_ground.Open(seen.Id, topics: HubGround.TapeName))));
    }

    [Fact]
    public void a_topic_that_nobody_has_listened_to_for_the_window_is_forgotten_and_its_numbers_are_never_given_again()
    {
        var session = _ground.Open(topics: HubGround.TapeName);
        _ground.Publish(HubGround.TapeName, 1);
        var last = HubGround.TakeAll(session).Single();
        session.Dispose();
        _ground.Clock.Advance(TimeSpan.FromSeconds(_ground.Hub.Options.KeepSeconds + 1));
        _ground.Topics.Sweep();
        Assert.Equal(0, _ground.Topics.Count);

        var again = _ground.Open(last.Id - 1, topics: HubGround.TapeName);
        _ground.Publish(HubGround.TapeName, 2);

        var taken = HubGround.TakeAll(again);
        Assert.Equal(["gap", "2"], HubGround.Data(taken));
        Assert.True(taken[1].Sequence > last.Sequence);
    }

    [Fact]
    public void an_id_of_an_earlier_life_of_the_server_is_told_as_a_gap()
    {
        var session = _ground.Open(12, topics: HubGround.TapeName);
        _ground.Publish(HubGround.TapeName, 1);

        Assert.Equal(["gap", "1"], HubGround.Data(HubGround.TakeAll(session)));
    }
}
