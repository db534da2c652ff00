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
        await visitor.SeesBookAsync("AAPL");
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
    public async Task a_screen_that_is_still_loading_says_that_it_waits_for_the_network()
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/trade/AAPL");
        // The screen itself is there, what it shows is not.
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Webhooks" }).ClickAsync();
        await visitor.Page.GetByText("No webhooks yet").WaitForAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Accounts" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Table, new() { Name = "Accounts" }).GetByRole(AriaRole.Link).First.WaitForAsync();
        await visitor.GoOfflineAsync();
        await visitor.Page.GetByRole(AriaRole.Table, new() { Name = "Accounts" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(visitor.Page.GetByText("Waiting for the network").First).ToBeVisibleAsync();

        await visitor.ComeBackAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Table, new() { Name = "Transactions, newest first" }).GetByRole(AriaRole.Cell, new() { Name = "Deposit" })).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task who_signs_out_without_a_network_is_told_that_they_are_still_signed_in()
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/trade/AAPL");
        await visitor.GoOfflineAsync();
        var signOut = visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" });
        await signOut.ClickAsync();
        await Expect(visitor.Page.GetByText("You are still signed in here")).ToBeVisibleAsync();

        // Nothing that was tried meanwhile is sent behind one's back.
        await visitor.ComeBackAsync();
        await visitor.IsLiveAsync(30_000);
        await signOut.ClickAsync();
        await Expect(visitor.Page.GetByLabel("Password")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task a_server_that_is_killed_leaves_a_stale_screen_and_comes_back_to_the_right_book()
    {
        await using var own = new Terminal();
        await own.InitializeAsync();
        await using var visitor = await Visitor.OpenAsync(own, chromium, "/trade/AAPL");
        await visitor.SeesBookAsync("AAPL");
        visitor.ExpectFailures();
        await own.Server.KillAsync();
        await Expect(visitor.Page.GetByText(Stale()).First).ToBeVisibleAsync(new() { Timeout = 45_000 });
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Not connected" })).ToBeDisabledAsync();

        await own.Server.StartAsync();
        await visitor.IsLiveAsync(45_000);
        await Expect(visitor.Page.GetByText(Stale())).ToHaveCountAsync(0);
        // The market goes on, so that the two are compared until an answer and the screen are of the same moment.
        await visitor.Page.WaitForFunctionAsync(
            """
            async () => {
              const { data } = await (await fetch('/api/v1/orderbook/AAPL?depth=5')).json();
              const shown = (side) => [...document.querySelectorAll(`[aria-label="${side}"] [role=row]`)].map((row) => [...row.children].slice(0, 2).map((cell) => Number(cell.textContent.replaceAll(',', ''))));
              const [asks, bids] = [shown('Asks').reverse().slice(0, 5), shown('Bids').slice(0, 5)];
              return data.bids.length === 5 && JSON.stringify([data.bids, data.asks]) === JSON.stringify([bids, asks]);
            }
            """, null, new() { Timeout = 30_000, PollingInterval = 50 });
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
