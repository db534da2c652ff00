using Xunit;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>A client that was cut a hundred times under load has what the one has that was not: every event once, in order. MYTRADEX_SEED repeats a run.</summary>
public sealed class ResumingAfterCuts(CutUnderLoad storm) : IClassFixture<CutUnderLoad>
{
    [Theory]
    [InlineData("stream")]
    [InlineData("poll")]
    public async Task has_every_event_once_over_http(string door)
    {
        await RequireSameAsync(door);
    }

    [Theory]
    [InlineData("any")]
    [InlineData("websocket")]
    [InlineData("polling")]
    public async Task has_every_event_once_by_the_recovery_of_socket_io(string transports)
    {
        NodeClient.Require();

        var client = (SocketIOClient)await RequireSameAsync(transports);

        Assert.Equal(CutUnderLoad.Count, client.Recovered);
    }

    async Task<ICutClient> RequireSameAsync(string door)
    {
        await storm.ClientAsync("uncut");
        var client = await storm.ClientAsync(door);
        Assert.True(client.CutsMade >= CutUnderLoad.Count, $"seed {TradedVenue.Seed}: only {client.CutsMade} cuts");
        Assert.True(storm.Expected.Count > 10 * CutUnderLoad.Count, $"the storm was no storm: {storm.Expected.Count} events");
        Assert.DoesNotContain(storm.Expected, e => e.Name == "gap");
        foreach (var topic in storm.Expected.GroupBy(e => e.Topic))
            Assert.Equal(Enumerable.Range(0, topic.Count()).Select(i => topic.First().Sequence + i), topic.Select(e => e.Sequence));
        SeenEvent.RequireSame(storm.Expected, client.Seen);
        return client;
    }
}
