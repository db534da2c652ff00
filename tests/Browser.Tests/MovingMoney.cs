using Xunit;

namespace MyTradeX.Browser.Tests;

/// <summary>Somebody new, from the door to money in two accounts.</summary>
public sealed class MovingMoney(Terminal terminal, Chromium chromium)
{
    [Fact]
    public async Task the_statement_of_the_month_ends_with_what_the_account_has()
    {
        var user = await terminal.OpenAsync(cash: 12_345.67m);
        var order = new { symbol = "MSFT", side = "BUY", orderType = "MARKET", quantity = 3 };
        (await terminal.Server.SendAsync(HttpMethod.Post, "orders", order, user.Token)).Expect(201);
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, $"/accounts/{user.Account}", user);
        var page = visitor.Page;
        var statement = page.GetByRole(AriaRole.Table, new() { Name = "Statement of" });
        await Expect(statement.GetByRole(AriaRole.Row, new() { Name = "Deposit" })).ToContainTextAsync("12,345.67");
        var balance = await page.Locator("dl.figures dd").First.InnerTextAsync();
        Assert.NotEqual("12,345.67", balance);
        await Expect(statement.GetByRole(AriaRole.Row, new() { Name = "Balance so far" }).GetByRole(AriaRole.Cell)).ToHaveTextAsync(balance);

        var print = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Print" }).ClickAsync());
        await Expect(print.GetByRole(AriaRole.Row, new() { Name = "Closing balance" })).ToContainTextAsync(balance);
        visitor.AssertQuiet();
    }

    [Fact]
    public async Task whoever_registers_can_deposit_open_an_account_and_send_money_to_it()
    {
        var browser = chromium.Require();
        await terminal.RequireAppAsync();
        await using var watched = await WatchedPage.OpenAsync(browser, terminal.Address);
        var page = watched.Page;
        await page.GotoAsync("/accounts");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("Grace Hopper");
        await page.GetByLabel("Email").FillAsync("grace@browser.example");
        await page.GetByLabel("Password").FillAsync("a long Passw0rd");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await Visitor.IsLiveAsync(page);

        await page.GetByRole(AriaRole.Table, new() { Name = "Accounts" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deposit" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Amount").FillAsync("1000.50");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Deposit" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Transactions, newest first" }).GetByRole(AriaRole.Cell, new() { Name = "Deposit" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "← Accounts" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open an account" }).ClickAsync();
        await dialog.GetByLabel("Name").FillAsync("Rainy days");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Open", Exact = true }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row, new() { Name = "Rainy days" });
        var number = await row.GetByRole(AriaRole.Cell).Nth(1).InnerTextAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Send money" }).ClickAsync();
        await page.GetByLabel("To – account number").FillAsync(number);
        await page.GetByLabel("Amount").FillAsync("250.25");
        await Expect(page.GetByText("may still be sent today")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.GetByText("250.25 USD sent.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Accounts", Exact = true }).ClickAsync();
        await Expect(row.GetByRole(AriaRole.Cell, new() { Name = "250.25" }).First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "750.25" }).First).ToBeVisibleAsync();
        watched.AssertQuiet();
    }
}
