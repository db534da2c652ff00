using System.Text.Json;
using MyTradeX.EndToEnd.Tests.Realtime;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Web;

/// <summary>The published api package against the real server, through a kill and a restart: see <c>web/packages/api/test/server/trading.js</c>.</summary>
public sealed class TradingByThePackages
{
    [Fact]
    public async Task misses_nothing_or_says_so()
    {
        WebWorkspace.Require();
        await WebWorkspace.BuildAsync();
        await using var venue = await TradedVenue.StartAsync();
        var folder = Path.Combine(WebWorkspace.Folder, "packages", "api", "test", "server");
        await using var page = NodeClient.StartIn(folder, venue, "trading.js", "ann@example.com", TradedVenue.Password, TradedVenue.Symbol);

        // It has placed, amended and cancelled, each told by socket, and wants somebody to trade with.
        Assert.Equal(["NEW", "NEW", "CANCELLED"], Texts(await page.NextAsync("told")));
        await venue.PlaceAsync(venue.Bob, "SELL", 5, 100.25m);
        await page.NextAsync("filled", order => order.GetProperty("status").GetString() == "FILLED");
        await BookIsThatOfRestAsync(page);

        await venue.Server.KillAsync();
        await page.NextAsync("status", status => status.GetString() == "connecting");
        await venue.Server.StartAsync(cancellation: TestContext.Current.CancellationToken);
        // While nobody listens, or just before somebody does again.
        await venue.TradeAsync(100.50m);
        await page.NextAsync("status", status => status.GetString() == "live");
        await venue.TradeAsync(100.75m);
        await BookIsThatOfRestAsync(page);
        await venue.EndAsync();

        var end = await page.NextAsync("end");
        Assert.Equal(end.GetProperty("inRest").GetRawText(), end.GetProperty("known").GetRawText());
        Assert.Empty(Texts(end.GetProperty("holes")));
        await page.EndAsync();
    }

    static async Task BookIsThatOfRestAsync(NodeClient page)
    {
        var book = await page.NextAsync("book");
        Assert.Equal(book.GetProperty("rest").GetRawText(), book.GetProperty("followed").GetRawText());
    }

    static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(text => text.GetString()!)];
}
