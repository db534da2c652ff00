using System.Net;
using MyTradeX.Client;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Trading;
using Xunit;
using static MyTradeX.Cli.Tests.ScriptedServer;

namespace MyTradeX.Cli.Tests.Client;

public sealed class CallingTheServer
{
    static readonly PlaceOrderRequest _order = new("AAPL", OrderSide.Buy, OrderType.Limit, 10, 150.25m);

    [Fact]
    public async Task an_order_is_sent_as_the_contract_writes_it()
    {
        await using var server = await StartAsync(_ => Answer.Ok(Samples.Order(), status: 201).With("X-Sequence", "42"));
        using var client = Connect(server);

        var placed = await client.Orders.PlaceAsync(_order);

        var request = Assert.Single(server.Requests);
        Assert.Equal("POST /api/v1/orders", request.Line);
        Assert.Equal("""{"symbol":"AAPL","side":"BUY","orderType":"LIMIT","quantity":10,"price":150.25}""", request.Body);
        Assert.Equal("access-1", request.Token);
        Assert.Matches("^[A-Za-z0-9._-]{1,128}$", request.Header("X-Request-ID"));
        Assert.Matches("^[0-9]{13}$", request.Header("X-Client-Timestamp"));
        Assert.Equal(("order-7", 150.25m, 42L), (placed.Data.Id, placed.Data.Price, placed.Sequence));
    }

    [Fact]
    public async Task a_decimal_survives_the_way_there_and_back_to_the_last_digit()
    {
        const decimal Price = 9_999_999_999.1234m;
        await using var server = await StartAsync(_ => Answer.Ok(Samples.Order() with { Price = Price }));
        using var client = Connect(server);

        var placed = await client.Orders.PlaceAsync(_order with { Price = Price });

        Assert.Contains("\"price\":9999999999.1234}", server.Requests.Single().Body);
        Assert.Equal(Price, placed.Data.Price);
    }

    [Fact]
    public async Task a_book_is_read_from_pairs()
    {
        await using var server = await StartAsync(_ => new(200, """{"success":true,"data":{"symbol":"AAPL","sequence":9,"bids":[[150.20,1000],["150.15","1500"]],"asks":[]}}"""));
        using var client = Connect(server);

        var book = await client.Market.GetBookAsync("AAPL", 5);

        Assert.Equal("GET /api/v1/orderbook/AAPL?depth=5", server.Requests.Single().Line);
        Assert.Equal([new(150.20m, 1000), new(150.15m, 1500)], book.Bids);
    }

    [Fact]
    public async Task a_refusal_is_thrown_with_all_that_it_says()
    {
        await using var server = await StartAsync(_ => Answer.Refusal(
            HttpStatusCode.UnprocessableEntity, "PRICE_OUT_OF_BAND", "too far", new() { Field = "price", Suggested = 165.00m }));
        using var client = Connect(server);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => client.Orders.PlaceAsync(_order));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "PRICE_OUT_OF_BAND", "too far", "req-2"), (refusal.Status, refusal.Code, refusal.Message, refusal.RequestId));
        Assert.Equal("price", refusal.Details!.Field);
        Assert.Equal("165.00", $"{refusal.Details.Suggested}");
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task an_answer_from_something_else_on_the_way_is_told_by_its_status()
    {
        await using var server = await StartAsync(_ => new(502, "<html>bad gateway</html>"));
        using var client = Connect(server, maxRetries: 0);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => client.Orders.GetAsync("order-1"));

        Assert.Equal("HTTP_502", refusal.Code);
    }

    [Fact]
    public async Task pages_are_followed_by_their_cursors_to_the_end()
    {
        await using var server = await StartAsync(request => request.Line.Contains("cursor=next", StringComparison.Ordinal)
            ? Answer.Ok<IReadOnlyList<OrderDto>>([Samples.Order("order-1")], new Pagination { HasMore = false })
            : Answer.Ok<IReadOnlyList<OrderDto>>([Samples.Order("order-2")], new Pagination { NextCursor = "next/1", HasMore = true }));
        using var client = Connect(server);

        var ids = await client.Orders.EnumerateAsync(new() { Status = OrderStatus.New, Symbol = "AAPL" })
            .Select(order => order.Id).ToListAsync();

        Assert.Equal(["order-2", "order-1"], ids);
        Assert.Equal(
            ["GET /api/v1/orders?status=NEW&symbol=AAPL&cursor=&size=100", "GET /api/v1/orders?status=NEW&symbol=AAPL&cursor=next%2F1&size=100"],
            server.Requests.Select(request => request.Line));
    }

    internal static MyTradeXClient Connect(ScriptedServer server, int maxRetries = 3, TimeSpan? attemptTimeout = null, SessionTokens? session = null) => new(new MyTradeXClientOptions
    {
        BaseAddress = server.Address,
        MaxRetries = maxRetries,
        BackoffStart = TimeSpan.FromMilliseconds(1),
        AttemptTimeout = attemptTimeout ?? TimeSpan.FromSeconds(30),
        SessionStore = new MemorySessionStore(session ?? new("access-1", "refresh-1", DateTimeOffset.MaxValue)),
    });
}
