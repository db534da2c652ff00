using MyTradeX.Server.Realtime;
using Xunit;

namespace MyTradeX.Server.Tests.Realtime;

public sealed class FollowingTopics
{
    readonly HubGround _ground = new();

    [Fact]
    public void events_of_all_topics_come_in_the_order_in_which_they_happened_each_topic_without_gaps()
    {
        var session = _ground.Open(topics: [HubGround.TapeName, HubGround.LosslessName, HubGround.LatestName]);
        for (var i = 0; i < 900; i++)
            _ground.Publish(i % 3 == 0 ? HubGround.LosslessName : i % 3 == 1 ? HubGround.TapeName : HubGround.LatestName, i);

        var events = HubGround.TakeAll(session);

        Assert.Equal(Enumerable.Range(0, 900).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)), HubGround.Data(events));
        foreach (var topic in events.GroupBy(e => e.Topic))
            Assert.Equal(Enumerable.Range(0, 300).Select(i => topic.First().Sequence + i), topic.Select(e => e.Sequence));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task whoever_is_cut_at_random_and_resumes_has_what_an_uncut_one_has(int seed)
    {
        var token = TestContext.Current.CancellationToken;
        string[] topics = [HubGround.TapeName, HubGround.LosslessName];
        var uncut = _ground.Open(topics: topics);
        var random = new Random(seed);
        var done = false;
        var seen = new List<RealtimeEvent>();
        var cut = _ground.Open(topics: topics);
        var position = cut.Position;
        var publishing = Task.Run(() =>
        {
            for (var i = 0; i < 7_000; i++)
                _ground.Publish(topics[i % 2], i);
            Volatile.Write(ref done, true);
        }, token);

        for (var cuts = 0; ; cuts++)
        {
            var ends = Volatile.Read(ref done) && cuts >= 100;
            var taken = ends ? HubGround.TakeAll(cut) : [];
            if (!ends)
                cut.Take(taken);
            // The connection breaks in the middle of what was sent: the client has had some of it.
            var had = ends ? taken.Count : random.Next(taken.Count + 1);
            seen.AddRange(taken.Take(had));
            if (had > 0)
                position = taken[had - 1].Id;
            cut.Dispose();
            if (ends)
                break;
            cut = _ground.Open(position, topics: topics);
        }
        await publishing;
        seen.AddRange(HubGround.TakeAll(_ground.Open(position, topics: topics)));

        Assert.Equal(HubGround.Data(HubGround.TakeAll(uncut)), HubGround.Data(seen));
    }

    [Fact]
    public async Task events_that_are_published_while_others_are_taken_come_in_order_too_and_wait_for_no_other()
    {
        const int Count = 200_000;
        var token = TestContext.Current.CancellationToken;
        string[] topics = [HubGround.TapeName, HubGround.LosslessName];
        using var bell = new SemaphoreSlim(0);
        var session = _ground.Open(wake: () => bell.Release(), topics: topics);
        // No further ahead than is kept, or the session would be closed.
        using var room = new SemaphoreSlim(2_000);
        var publishing = Task.Run(() =>
        {
            for (var i = 0; i < Count; i++)
            {
                room.Wait(token);
                _ground.Publish(topics[i % 2], i);
            }
        }, token);

        var (seen, taken) = (0, new List<RealtimeEvent>());
        while (seen < Count)
        {
            Assert.True(await bell.WaitAsync(TimeSpan.FromSeconds(10), token), $"nobody says that there is more than the {seen} events taken");
            for (var more = true; more;)
            {
                var before = session.Position;
                more = session.Take(taken);
                foreach (var e in taken)
                {
                    Assert.True(e.Id > before, $"event {e.Id} comes when all up to {before} was said to have been taken");
                    Assert.Equal(seen++.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Text.Encoding.UTF8.GetString(e.Data.Span));
                }
                if (taken.Count > 0)
                    room.Release(taken.Count);
                taken.Clear();
            }
        }
        await publishing;
    }

    [Fact]
    public async Task topics_followed_together_from_an_earlier_event_are_taken_in_the_order_of_all_of_them()
    {
        var first = _ground.Open(topics: [HubGround.TapeName, HubGround.LosslessName]);
        _ground.Publish(HubGround.TapeName, 0);
        var had = HubGround.TakeAll(first).Single().Id;
        for (var i = 1; i <= 10; i++) _ground.Publish(i % 2 == 0 ? HubGround.TapeName : HubGround.LosslessName, i);

        var again = _ground.Open(had);
        var taken = new List<RealtimeEvent>();
        Task taking;
        using (again.Together())
        {
            again.Subscribe(HubGround.TapeName, had);
            taking = Task.Run(() => again.Take(taken), TestContext.Current.CancellationToken);
            // Ends at once where it is not held back.
            Assert.False(((IAsyncResult)taking).AsyncWaitHandle.WaitOne(100), "taken before the next topic is followed");
            again.Subscribe(HubGround.LosslessName, had);
        }
        await taking.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"{i}"), HubGround.Data(taken));
    }

    [Fact]
    public void a_heartbeat_comes_after_what_is_waiting_and_tells_no_more_than_has_come()
    {
        var session = _ground.Open(topics: [HubGround.TapeName, HubGround.LosslessName]);
        for (var i = 0; i < 300; i++)
            _ground.Publish(HubGround.TapeName, i);
        session.Beat();

        var first = new List<RealtimeEvent>();
        Assert.True(session.Take(first));
        _ground.Publish(HubGround.TapeName, "later");
        var rest = HubGround.TakeAll(session);

        Assert.DoesNotContain(first, e => e.Name == RealtimeSession.HeartbeatName);
        var beat = rest[^1];
        Assert.Equal((RealtimeSession.HeartbeatName, rest[^2].Id), (beat.Name, beat.Id));
        Assert.Equal(rest[^2].Sequence, System.Text.Json.JsonDocument.Parse(beat.Data).RootElement.GetProperty("sequences").GetProperty(HubGround.TapeName).GetInt64());
    }

    [Fact]
    public void a_session_is_woken_once_until_it_has_taken()
    {
        var woken = 0;
        var session = _ground.Open(wake: () => woken++, topics: HubGround.TapeName);
        HubGround.TakeAll(session);
        woken = 0;

        _ground.Publish(HubGround.TapeName, 1);
        _ground.Publish(HubGround.TapeName, 2);
        Assert.Equal(1, woken);

        Assert.Equal(["1", "2"], HubGround.Data(HubGround.TakeAll(session)));
        _ground.Publish(HubGround.TapeName, 3);
        Assert.Equal(2, woken);
    }

    [Fact]
    public void an_event_is_written_once_in_each_form_however_many_listen()
    {
        var (one, other) = (_ground.Open(topics: HubGround.TapeName), _ground.Open(topics: HubGround.TapeName));
        _ground.Publish(HubGround.TapeName, new { price = 1.50m });

        var (here, there) = (HubGround.TakeAll(one).Single(), HubGround.TakeAll(other).Single());

        Assert.Same(here, there);
        Assert.Same(here.As(EventForms.Json), there.As(EventForms.Json));
        Assert.Same(here.As(EventForms.ServerSent), there.As(EventForms.ServerSent));
    }

    [Fact]
    public void who_comes_new_begins_with_the_state_and_goes_on_from_it()
    {
        _ground.Open(topics: HubGround.LatestName);
        _ground.Publish(HubGround.LatestName, "old");

        var session = _ground.Open(topics: HubGround.LatestName);
        _ground.Publish(HubGround.LatestName, "new");

        Assert.Equal([(HubGround.LatestName + ":state", "\"old\""), (HubGround.LatestName + ":event", "\"new\"")],
            HubGround.TakeAll(session).Select(e => (e.Name, HubGround.Data([e]).Single())));
    }

    [Fact]
    public void topics_beyond_the_limit_are_refused()
    {
        var ground = new HubGround(new() { TopicsPerConnection = 2 });
        var session = ground.Open(topics: [HubGround.TapeName, HubGround.LatestName]);

        Assert.Equal("VALIDATION_ERROR", session.Subscribe(HubGround.DiffsName)!.Code.Name);
        Assert.Null(session.Subscribe(HubGround.TapeName));
        session.Unsubscribe(HubGround.TapeName);
        Assert.Null(session.Subscribe(HubGround.DiffsName));
    }

    [Fact]
    public void connections_beyond_the_limit_are_refused_until_one_ends()
    {
        var ground = new HubGround(new() { ConnectionsPerUser = 2 });
        var (one, _) = (ground.Open(), ground.Open());

        var refused = Assert.Throws<Server.Platform.Envelope.ApiException>(() => ground.Open());
        Assert.Equal("RATE_LIMIT_EXCEEDED", refused.Refusal.Code.Name);
        one.Dispose();
        ground.Open();
        Assert.Equal(2, ground.Hub.SessionCount);
    }

    [Fact]
    public void after_unsubscribing_nothing_more_comes()
    {
        var session = _ground.Open(topics: [HubGround.TapeName, HubGround.LosslessName]);
        session.Unsubscribe(HubGround.TapeName);
        _ground.Publish(HubGround.TapeName, 1);
        _ground.Publish(HubGround.LosslessName, 2);

        Assert.Equal(["2"], HubGround.Data(HubGround.TakeAll(session)));
    }
}
