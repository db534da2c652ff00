using System.Text;
using Xunit;

namespace MyTradeX.Browser.Tests;

public sealed class UploadingFiles(Terminal terminal, Chromium chromium)
{
    // Large enough that the browser tells of it on its way.
    const int Lines = 200_000;
    const int UploadBytesPerSecond = 1_000_000;

    [Fact]
    public async Task tells_how_far_it_is_and_gives_back_the_same_bytes()
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/files");
        var page = visitor.Page;
        var bytes = Encoding.ASCII.GetBytes("time,amount\n" + string.Concat(Enumerable.Range(0, Lines).Select(line => $"{line},{line % 97}.25\n")));
        // What the progress bar has shown, in the order in which it did.
        await page.EvaluateAsync(
            """
            () => {
              window.told = [];
              const bar = document.querySelector('progress');
              new MutationObserver(() => window.told.push(bar.value)).observe(bar, { attributes: true, attributeFilter: ['value'] });
            }
            """);

        // A line that is slow enough to be looked at: on a fast one all is sent between two frames.
        var cdp = await page.Context.NewCDPSessionAsync(page);
        await cdp.SendAsync("Network.enable");
        await cdp.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = UploadBytesPerSecond });
        await page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "ticks.csv", MimeType = "text/csv", Buffer = bytes });

        await Expect(page.GetByText("ticks.csv is stored.")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        var told = await page.EvaluateAsync<double[]>("() => window.told");
        Assert.Contains(told, value => value is > 0 and <= 100);
        Assert.Equal(told.TakeWhile(value => value > 0).Order(), told.TakeWhile(value => value > 0));

        var saved = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Row, new() { Name = "ticks.csv" }).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync());
        Assert.Equal("ticks.csv", saved.SuggestedFilename);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(await saved.PathAsync()));
        visitor.AssertQuiet();
    }

    [Fact]
    public async Task what_is_not_taken_is_said_in_words()
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/files");
        await visitor.Page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "page.csv", MimeType = "text/csv", Buffer = "<html><script>alert(1)</script></html>"u8.ToArray() });

        await Expect(visitor.Page.GetByText("HTML, SVG or other markup")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Cell, new() { Name = "page.csv" })).ToHaveCountAsync(0);
    }
}
