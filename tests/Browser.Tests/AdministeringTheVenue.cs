using Xunit;

namespace MyTradeX.Browser.Tests;

/// <summary>What an administrator changes, seen by those whom it concerns.</summary>
public sealed class AdministeringTheVenue(Terminal terminal, Chromium chromium)
{
    [Fact]
    public async Task a_new_fee_is_what_the_next_preview_tells()
    {
        await using var administrator = await Visitor.OpenAsync(terminal, chromium, "/admin/instruments", "ADMIN");
        var dialog = administrator.Page.GetByRole(AriaRole.Dialog, new() { Name = "Rules of NVDA" });
        await administrator.Page.GetByRole(AriaRole.Row, new() { Name = "NVDA" }).GetByRole(AriaRole.Button, new() { Name = "Rules" }).ClickAsync();
        await dialog.GetByLabel("Taker fee, %").FillAsync("0.75");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(administrator.Page.GetByText("NVDA has new rules.")).ToBeVisibleAsync();

        var user = await terminal.OpenAsync();
        var order = new { symbol = "NVDA", side = "BUY", orderType = "MARKET", quantity = 4 };
        var preview = (await terminal.Server.SendAsync(HttpMethod.Post, "orders/preview", order, user.Token)).Expect(200);
        Assert.Equal(decimal.Round(preview["fillValue"]!.GetValue<decimal>() * 0.0075m, 6), preview["fees"]!.GetValue<decimal>());
        administrator.AssertQuiet();
    }

    [Fact]
    public async Task who_is_suspended_stands_before_the_door_at_once_and_gets_back_in_when_let()
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/trade/AAPL");
        await using var administrator = await Visitor.OpenAsync(terminal, chromium, "/admin/users", "ADMIN");
        // Requests under way are refused, and that is shown by the browser.
        visitor.ExpectFailures();
        await administrator.Page.GetByLabel("Search users").FillAsync(visitor.User.Email);
        var row = administrator.Page.GetByRole(AriaRole.Row, new() { Name = visitor.User.Email });

        await row.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await Expect(row.GetByRole(AriaRole.Cell, new() { Name = "Suspended" })).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByLabel("Password")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Table, new() { Name = "Order book of AAPL" })).ToHaveCountAsync(0);

        await row.GetByRole(AriaRole.Button, new() { Name = "Let back in" }).ClickAsync();
        await Expect(row.GetByRole(AriaRole.Cell, new() { Name = "Active" })).ToBeVisibleAsync();
        await visitor.SignInAsync("/trade/AAPL");
        administrator.AssertQuiet();
    }
}
