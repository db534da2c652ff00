using System.Security.Claims;
using MyTradeX.Protocols.SocketIO;
using Xunit;

namespace MyTradeX.SocketIO.Tests;

/// <summary>The memory behind connection state recovery.</summary>
public sealed class KeepingSessions
{
    readonly RecoveryStore _store = new(new() { MaxDisconnection = TimeSpan.FromSeconds(10), MaxStoredBytes = 4096, MaxSessions = 3 });

    string Store(BroadcastTarget target, string text, long at = 0)
    {
        var offset = _store.NextOffset();
        _store.Store(EnginePacket.Text(text), target, at);
        return offset;
    }

    void Save(string pid, string id = "me", string[]? rooms = null, long first = 1, long at = 0) => _store.Save(new(pid, id, rooms ?? [], new ClaimsPrincipal(), new Dictionary<string, object?>(), first, at));

    List<string>? Missed(string pid, string? offset, long at = 0)
    {
        List<EnginePacket> missed = [];
        return _store.Find(pid, offset, at, missed) is null ? null : [.. missed.Select(packet => packet.ToString()[1..])];
    }

    [Fact]
    public void gives_what_was_for_it_after_its_offset()
    {
        var last = Store(BroadcastTarget.Everybody, "got");
        Store(BroadcastTarget.Everybody, "everybody");
        Store(new(["room"], []), "its room");
        Store(new(["other"], []), "another room");
        Store(new(["me"], []), "itself");
        Store(new([], ["room"]), "all but its room");
        Store(new([], ["me"]), "all but itself");
        Save("pid", rooms: ["room"]);

        Assert.Equal(["everybody", "its room", "itself"], Missed("pid", last)!);
    }

    [Fact]
    public void a_client_that_got_nothing_gets_all_since_it_connected()
    {
        Store(BroadcastTarget.Everybody, "before");
        Save("pid", first: _store.NextSequence);
        Store(BroadcastTarget.Everybody, "after");

        Assert.Equal(["after"], Missed("pid", null)!);
    }

    [Fact]
    public void a_session_ends_with_its_time()
    {
        var last = Store(BroadcastTarget.Everybody, "got", at: 9_000);
        Save("pid", at: 0);

        Assert.NotNull(Missed("pid", last, at: 10_000));
        Assert.Null(Missed("pid", last, at: 10_001));
    }

    [Fact]
    public void what_was_outrun_is_not_recovered_in_part()
    {
        var last = Store(BroadcastTarget.Everybody, "got");
        Save("pid");
        for (var i = 0; i < 100; i++) Store(BroadcastTarget.Everybody, new string('x', 100));

        Assert.Null(Missed("pid", last));
        Assert.True(_store.EventCount < 100);
    }

    [Fact]
    public void the_oldest_session_goes_when_there_are_too_many()
    {
        var last = Store(BroadcastTarget.Everybody, "got");
        foreach (var pid in new[] { "a", "b", "c", "d" }) Save(pid);

        Assert.Null(Missed("a", last));
        Assert.NotNull(Missed("d", last));
        Assert.Equal(3, _store.SessionCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.otherserver")]
    [InlineData("zz.zz")]
    [InlineData("ffffffffffffffffff.x")]
    public void an_offset_of_another_server_is_refused(string offset)
    {
        Store(BroadcastTarget.Everybody, "x");
        Save("pid");

        Assert.Null(Missed("pid", offset));
    }
}
