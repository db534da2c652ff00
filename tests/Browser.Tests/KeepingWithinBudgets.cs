using Xunit;

namespace MyTradeX.Browser.Tests;

public sealed class KeepingWithinBudgets(Terminal terminal, Chromium chromium)
{
    const int ScriptBytesMax = 300 * 1024;

    [Fact]
    public async Task the_trading_screen_loads_little_script()
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/portfolio");
        // Nothing kept: as the first visit loads it.
        var cdp = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        await cdp.SendAsync("Network.enable");
        await cdp.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        await cdp.SendAsync("Network.setBypassServiceWorker", new() { ["bypass"] = true });
        await visitor.Page.GotoAsync("/trade/AAPL");
        await visitor.IsLiveAsync();

        var sizes = await visitor.Page.EvaluateAsync<int[]>("() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).map(({ encodedBodySize }) => encodedBodySize)");
        TestContext.Current.SendDiagnosticMessage($"first load of the trading screen: {sizes.Sum():N0} bytes of script in {sizes.Length} files, compressed");
        Assert.InRange(sizes.Sum(), 1, ScriptBytesMax);
    }
}
