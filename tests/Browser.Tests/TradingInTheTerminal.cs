using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace MyTradeX.Browser.Tests;

public sealed partial class TradingInTheTerminal(Terminal terminal, Chromium chromium)
{
    [Fact]
    public async Task an_order_is_placed_by_keys_amended_and_cancelled()
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/trade/AAPL");
        var page = visitor.Page;
        var price = page.GetByLabel("Limit price, USD");

        await page.Keyboard.PressAsync("b");
        await page.GetByLabel("Quantity", new() { Exact = true }).FillAsync("10");
        await price.FillAsync(await FarBelowAsync(page));
        await Expect(page.GetByLabel("Preview").GetByText("Cash held")).ToBeVisibleAsync();
        var before = await price.InputValueAsync();
        await price.PressAsync("ArrowUp");
        await Expect(price).Not.ToHaveValueAsync(before);
        await page.Keyboard.PressAsync("Control+Enter");

        var cancel = page.GetByRole(AriaRole.Button, new() { Name = "Cancel buy 10 AAPL" });
        await Expect(cancel).ToBeVisibleAsync();
        await page.GetByTitle("Change price or quantity").ClickAsync();
        await page.GetByLabel("New quantity").FillAsync("8");
        await page.GetByLabel("New quantity").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "0 / 8" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel buy 8 AAPL" }).ClickAsync();
        await Expect(page.GetByText("No open orders.")).ToBeVisibleAsync();
        visitor.AssertQuiet();
    }

    [Fact]
    public async Task a_fill_arrives_by_socket()
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/trade/MSFT");
        var page = visitor.Page;

        await page.GetByRole(AriaRole.Button, new() { Name = "Market", Exact = true }).ClickAsync();
        await page.GetByLabel("Quantity", new() { Exact = true }).FillAsync("3");
        await Expect(page.GetByLabel("Preview").GetByText(FillsThree())).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+Enter");

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Alerts, 1 unread" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "History" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "3 / 3" }).First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Alerts, 1 unread" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Alerts" }).GetByRole(AriaRole.Cell, new() { Name = "Buy 3 MSFT: filled at" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Alerts, 0 unread" })).ToBeVisibleAsync();
        visitor.AssertQuiet();
    }

    [Fact]
    public async Task an_order_goes_to_the_account_that_the_ticket_names()
    {
        var user = await terminal.OpenAsync();
        var second = (await terminal.Server.SendAsync(HttpMethod.Post, "accounts", new { name = "Second book", type = "TRADING" }, user.Token)).Expect(201)["id"]!.GetValue<string>();
        (await terminal.Server.SendAsync(HttpMethod.Post, $"accounts/{second}/deposits", new { amount = 5_000m }, user.Token)).Expect(201);
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/trade/AAPL", user);
        var page = visitor.Page;

        await page.GetByLabel("Account", new() { Exact = true }).SelectOptionAsync(second);
        await page.GetByLabel("Quantity", new() { Exact = true }).FillAsync("10");
        await page.GetByLabel("Limit price, USD").FillAsync(await FarBelowAsync(page));
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel buy 10 AAPL" })).ToBeVisibleAsync();
        var order = (await terminal.Server.SendAsync(HttpMethod.Get, "orders", token: user.Token)).Expect(200)[0]!;
        Assert.Equal(second, order["accountId"]!.GetValue<string>());

        // It stays so for the next market, and after a reload.
        await page.GotoAsync("/trade/MSFT");
        await Expect(page.GetByLabel("Account", new() { Exact = true })).ToHaveValueAsync(second);
        visitor.AssertQuiet();
    }

    [Fact]
    public async Task the_market_moves_while_one_looks()
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/trade/AAPL");
        var book = visitor.Page.GetByRole(AriaRole.Table, new() { Name = "Order book of AAPL" });
        var tape = visitor.Page.GetByRole(AriaRole.Table, new() { Name = "Trades in AAPL" });
        var (booked, traded) = (await book.InnerTextAsync(), await tape.InnerTextAsync());

        await Expect(book).Not.ToHaveTextAsync(booked, new() { UseInnerText = true, Timeout = 30_000 });
        await Expect(tape).Not.ToHaveTextAsync(traded, new() { UseInnerText = true, Timeout = 30_000 });
        await Expect(visitor.Page.GetByRole(AriaRole.Img, new() { NameRegex = Candles() })).ToBeVisibleAsync();
        visitor.AssertQuiet();
    }

    [Theory]
    [InlineData("300.005", "nearest: 300.00 and 300.01")]
    [InlineData("1", "Outside today's band")]
    [InlineData("x", "Not a number")]
    public async Task the_ticket_says_what_is_wrong_before_anything_is_sent(string price, string words)
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/trade/AAPL");
        var page = visitor.Page;
        await page.GetByLabel("Quantity", new() { Exact = true }).FillAsync("1");
        await page.GetByLabel("Limit price, USD").FillAsync(price);
        await Expect(page.GetByText(words)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("No open orders.")).ToBeVisibleAsync();
        visitor.AssertQuiet();
    }

    [Fact]
    public async Task a_halt_by_an_administrator_closes_the_ticket_until_it_is_lifted()
    {
        await using var visitor = await Visitor.OpenAsync(terminal, chromium, "/trade/JPM");
        await using var administrator = await Visitor.OpenAsync(terminal, chromium, "/admin/instruments", "ADMIN");
        var row = administrator.Page.GetByRole(AriaRole.Row, new() { Name = "JPM" });

        await row.GetByRole(AriaRole.Button, new() { Name = "Halt" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Trading is halted" })).ToBeDisabledAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = BuyJpm() })).ToBeEnabledAsync();
        visitor.AssertQuiet();
        administrator.AssertQuiet();
    }

    /// <summary>A price within the day's band where nobody sells: near its lower end, which the ticket tells and which moves with the market while one types.</summary>
    static async Task<string> FarBelowAsync(IPage page)
    {
        var lowest = (await page.GetByText(Band()).First.InnerTextAsync()).Split('–')[0].Trim().Replace(",", "", StringComparison.Ordinal);
        return decimal.Round(decimal.Parse(lowest, CultureInfo.InvariantCulture) * 1.02m, 2).ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^[\d,.]+ – [\d,.]+$")]
    private static partial Regex Band();

    [GeneratedRegex("^3 at ")]
    private static partial Regex FillsThree();

    [GeneratedRegex("Price of AAPL: [0-9]+ candles")]
    private static partial Regex Candles();

    [GeneratedRegex(@"^Buy\s+JPM")]
    private static partial Regex BuyJpm();
}
