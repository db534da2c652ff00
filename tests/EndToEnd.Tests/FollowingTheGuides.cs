using MyTradeX.EndToEnd.Tests.Realtime;
using Xunit;

namespace MyTradeX.EndToEnd.Tests;

/// <summary>One server for all pages, since none of them minds the others.</summary>
public sealed class FollowingTheGuides(FollowingTheGuides.DemoVenue venue) : IClassFixture<FollowingTheGuides.DemoVenue>
{
    /// <summary>The first Node that has both WebSocket and EventSource, behind flags.</summary>
    static readonly Version NodeAtLeast = new(20, 18);

    [Theory(Timeout = 60_000)]
    [InlineData("realtime.md")]
    [InlineData("realtime-socketio.md")]
    [InlineData("realtime-websocket.md")]
    [InlineData("realtime-sse.md")]
    [InlineData("realtime-polling.md")]
    [InlineData("realtime-ndjson.md")]
    [InlineData("files.md")]
    public async Task shows_what_the_page_shows(string name)
    {
        var page = new GuidePage(Path.Combine("docs", name));
        Assert.True(page.StepCount > 0, "the page has an example");
        if (page.Uses("node"))
            NodeClient.Require(NodeAtLeast);
        if (page.Uses("jq"))
            NodeClient.Require("jq");
        var folder = Directory.CreateDirectory(Path.Combine(venue.Folder.FullName, name));
        if (NodeClient.IsThere)
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "node_modules"), NodeClient.Modules);

        await page.FollowAsync(folder.FullName, venue.Server.Http.BaseAddress!.Authority, NodeClient.WebSocketOption);
    }

    /// <summary>A fresh server with the demo market, which goes faster than it need, so that nobody waits long for what happens.</summary>
    public sealed class DemoVenue : IAsyncLifetime
    {
        public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("mytradex-pages-");

        public ServerProcess Server { get; }

        public DemoVenue() => Server = new ServerProcess(Path.Combine(Folder.FullName, "data"), arguments: ["--demo", "true", "--Demo:Speed", "5"]);

        public async ValueTask InitializeAsync() => await Server.StartAsync(cancellation: TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            Folder.Delete(recursive: true);
        }
    }
}
