using System.Text.RegularExpressions;
using Xunit;

namespace MyTradeX.Browser.Tests;

/// <summary>What is on the screen when the network goes and comes back, and when the session ends elsewhere.</summary>
public sealed partial class KeepingTrust(Terminal terminal, Chromium chromium)
{
    [Fact]
    public async Task what_is_shown_is_called_stale_while_offline_and_is_live_again_after()
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/trade/AAPL");
        await visitor.GoOfflineAsync();
        await Expect(visitor.Page.GetByText(Stale()).First).ToBeVisibleAsync(new() { Timeout = 45_000 });
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Not connected" })).ToBeDisabledAsync();

        await visitor.ComeBackAsync();
        await visitor.IsLiveAsync(30_000);
        await Expect(visitor.Page.GetByText(Stale())).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task the_app_opens_without_a_network_and_shows_nothing_that_could_be_old()
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/trade/AAPL");
        await visitor.Page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => undefined)");
        await visitor.GoOfflineAsync();
        await visitor.Page.ReloadAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "MyTradeX is out of reach" })).ToBeVisibleAsync();
        await visitor.ComeBackAsync();
        await visitor.IsLiveAsync(30_000);
    }

    [Fact]
    public async Task signing_out_in_one_tab_closes_the_other()
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/trade/AAPL");
        var other = await visitor.OpenTabAsync();
        await other.GotoAsync("/portfolio");
        await other.GetByText("Total value").WaitForAsync();

        await other.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(visitor.Page.GetByLabel("Password")).ToBeVisibleAsync();
        await Expect(other.GetByLabel("Password")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task no_token_is_where_a_script_could_read_it()
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/trade/AAPL");
        var kept = await visitor.Page.EvaluateAsync<string>("() => JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])");
        Assert.DoesNotContain("mtx_access", kept);
        Assert.DoesNotContain("mtx_refresh", kept);
        Assert.DoesNotContain("eyJ", kept);
        visitor.AssertQuiet();
    }

    [GeneratedRegex(@"^stale \d+ (s|min)$")]
    private static partial Regex Stale();
}
