using System.Net;
using System.Text.Json;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Trading;
using Xunit;
using static MyTradeX.Cli.Tests.ScriptedServer;

namespace MyTradeX.Cli.Tests.Commands;

public sealed class TradingFromTheCommandLine : IDisposable
{
    readonly ToolRun _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task login_keeps_the_session_for_the_next_command()
    {
        await using var server = await Server(_ => Answer.Ok<IReadOnlyList<OrderDto>>([], new Pagination()));

        var login = await _tool.RunAsync(server.Address, "login user@example.com", input: "password123\n");
        var orders = await _tool.RunAsync(server.Address, "orders");

        Assert.Equal((0, 0), (login.Exit, orders.Exit));
        Assert.Contains("John Doe", login.Out);
        Assert.Contains("\"password\":\"password123\"", server.Requests.First().Body);
        Assert.Equal("access-1", server.Requests.Last().Token);
    }

    [Theory]
    [InlineData("order buy aapl 10", """{"symbol":"AAPL","side":"BUY","orderType":"MARKET","quantity":10}""")]
    [InlineData("order sell AAPL 10 --limit 150.25 --tif gtc --post-only", """{"symbol":"AAPL","side":"SELL","orderType":"LIMIT","quantity":10,"price":150.25,"timeInForce":"GTC","postOnly":true}""")]
    [InlineData("order buy AAPL 2.5 --stop 155", """{"symbol":"AAPL","side":"BUY","orderType":"STOP","quantity":2.5,"stopPrice":155.00}""")]
    [InlineData("order buy AAPL 1 --stop 155 --limit 156 --client-order-id mine --account 3", """{"symbol":"AAPL","side":"BUY","orderType":"STOP_LIMIT","quantity":1,"price":156.00,"stopPrice":155.00,"clientOrderId":"mine","accountId":"account-3"}""")]
    public async Task an_order_line_becomes_the_request_it_says(string line, string body)
    {
        await using var server = await Server(_ => Answer.Ok(Samples.Order(), status: 201));
        await SignInAsync(server);

        var run = await _tool.RunAsync(server.Address, line);

        Assert.Equal(0, run.Exit);
        Assert.Equal("POST /api/v1/orders", server.Requests.Last().Line);
        Assert.Equal(body, server.Requests.Last().Body);
        Assert.Contains("order-7", run.Out);
    }

    [Theory]
    [InlineData("cancel 7", "DELETE /api/v1/orders/order-7")]
    [InlineData("cancel order-7", "DELETE /api/v1/orders/order-7")]
    [InlineData("book aapl --depth 3", "GET /api/v1/orderbook/AAPL?depth=3")]
    public async Task each_command_asks_its_address(string line, string asked)
    {
        await using var server = await Server(request => request.Line.StartsWith("DELETE", StringComparison.Ordinal) ? Answer.Ok(Samples.Order(status: OrderStatus.Cancelled)) : Answer.Ok(Samples.Book()));
        await SignInAsync(server);

        Assert.Equal(0, (await _tool.RunAsync(server.Address, line)).Exit);
        Assert.Equal(asked, server.Requests.Last().Line);
    }

    [Theory]
    [InlineData("cancel --all", "DELETE /api/v1/orders?all=true")]
    [InlineData("cancel --symbol aapl", "DELETE /api/v1/orders?symbol=AAPL")]
    public async Task many_orders_are_cancelled_at_once(string line, string asked)
    {
        await using var server = await Server(_ => Answer.Ok(new CancelOrdersDto { Cancelled = 3 }));
        await SignInAsync(server);

        var run = await _tool.RunAsync(server.Address, line);

        Assert.Equal(asked, server.Requests.Last().Line);
        Assert.Contains("3 orders cancelled", run.Out);
    }

    [Fact]
    public async Task json_is_the_payload_itself()
    {
        await using var server = await Server(_ => Answer.Ok(Samples.Book()));
        await SignInAsync(server);

        var run = await _tool.RunAsync(server.Address, "book AAPL --json");

        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("150.20", json.RootElement.GetProperty("bids")[0][0].GetRawText());
    }

    [Fact]
    public async Task watch_with_json_writes_a_line_a_look()
    {
        await using var server = await Server(_ => Answer.Ok<IReadOnlyList<MarketDataDto>>([Samples.Market("AAPL")]));
        await SignInAsync(server);

        var run = await _tool.RunAsync(server.Address, "watch AAPL --count 3 --every 0.1 --json");

        var lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Equal("AAPL", JsonDocument.Parse(line).RootElement[0].GetProperty("symbol").GetString()));
        Assert.Equal("""{"symbols":["AAPL"]}""", server.Requests.Last().Body);
    }

    [Fact]
    public async Task a_refusal_names_the_code_and_the_way_out_and_ends_with_1()
    {
        await using var server = await Server(_ => Answer.Refusal(HttpStatusCode.UnprocessableEntity, "INVALID_TICK_SIZE", "price 150.001 is off AAPL's 0.01 tick", new() { Suggested = 150.00m }));
        await SignInAsync(server);

        var run = await _tool.RunAsync(server.Address, "order buy AAPL 1 --limit 150.001");

        Assert.Equal(1, run.Exit);
        Assert.Equal("", run.Out);
        Assert.Contains("INVALID_TICK_SIZE: price 150.001 is off", run.Error);
        Assert.Contains("Nearest valid value: 150.00", run.Error);
        Assert.Contains("req-2", run.Error);
    }

    [Fact]
    public async Task a_refusal_in_json_is_json()
    {
        await using var server = await Server(_ => Answer.Refusal(HttpStatusCode.UnprocessableEntity, "MARKET_HALTED", "halted"));
        await SignInAsync(server);

        var run = await _tool.RunAsync(server.Address, "order buy AAPL 1 --json");

        Assert.Equal("MARKET_HALTED", JsonDocument.Parse(run.Error).RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task without_a_session_it_says_so_and_ends_with_4()
    {
        var run = await _tool.RunAsync(new("http://127.0.0.1:1"), "orders");

        Assert.Equal(4, run.Exit);
        Assert.Contains("mytradex login", run.Error);
    }

    [Fact]
    public async Task without_a_server_it_says_so_and_ends_with_3()
    {
        var run = await _tool.RunAsync(new("http://127.0.0.1:1"), "login user@example.com --password x");

        Assert.Equal(3, run.Exit);
        Assert.Contains("UNREACHABLE", run.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("order buy AAPL many")]
    [InlineData("order buy AAPL 1 --tif never")]
    [InlineData("orders --status FINE")]
    [InlineData("cancel")]
    [InlineData("cancel 7 --all")]
    [InlineData("bench --rate 0")]
    [InlineData("watch --every 0")]
    [InlineData("orders --server not-an-address")]
    [InlineData("replay lobster no-such-file.csv")]
    public async Task a_line_that_makes_no_sense_ends_with_2(string line) =>
        Assert.Equal(2, (await _tool.RunAsync(null, line)).Exit);

    [Theory]
    [InlineData("--help", "Exit codes")]
    [InlineData("order --help", "mytradex order sell")]
    [InlineData("replay lobster --help", "mytradex replay lobster")]
    public async Task help_has_examples(string line, string example)
    {
        var run = await _tool.RunAsync(null, line);

        Assert.Equal(0, run.Exit);
        Assert.Contains(example, run.Out);
    }

    static Task<ScriptedServer> Server(Func<Request, Answer> script) => StartAsync(request => request.Line switch
    {
        "POST /api/v1/auth/login" => Answer.Ok(Samples.Session("access-1", "refresh-1")),
        "GET /api/v1/auth/me" => Answer.Ok(Samples.Me()),
        _ => script(request),
    });

    async Task SignInAsync(ScriptedServer server) =>
        Assert.Equal(0, (await _tool.RunAsync(server.Address, "login user@example.com --password password123")).Exit);
}
