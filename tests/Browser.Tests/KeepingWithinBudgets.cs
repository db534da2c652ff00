using Xunit;

namespace MyTradeX.Browser.Tests;

public sealed class KeepingWithinBudgets(TerminalHost host)
{
    const int ScriptBytesMax = 300 * 1024;

    [Fact]
    public async Task the_trading_screen_loads_little_script()
    {
        await using var visitor = await host.VisitAsync();
        var sizes = new List<Task<(string Url, int Bytes)>>();
        visitor.Page.RequestFinished += (_, request) =>
        {
            if (request.ResourceType == "script")
                sizes.Add(SizeOfAsync(request));
        };
        await visitor.SignInAsync("/trade/AAPL");
        var scripts = (await Task.WhenAll(sizes)).DistinctBy(script => script.Url).ToList();
        var bytes = scripts.Sum(script => script.Bytes);
        TestContext.Current.SendDiagnosticMessage($"first load of the trading screen: {bytes:N0} bytes of script in {scripts.Count} files, compressed");
        Assert.InRange(bytes, 1, ScriptBytesMax);

        static async Task<(string, int)> SizeOfAsync(IRequest request) => (request.Url, (await request.SizesAsync()).ResponseBodySize);
    }
}
