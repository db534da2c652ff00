using System.Net;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Trading;
using Xunit;

namespace MyTradeX.Server.Tests.Orders;

public sealed class PlacingAnOrder(TradingServer server) : IClassFixture<TradingServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task answers_with_the_order_as_the_guide_shows_it()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        var answer = await trader.PostTextAsync("/orders",
            $$"""{"symbol":"{{symbol}}","side":"BUY","orderType":"LIMIT","quantity":100,"price":150.00,"timeInForce":"DAY"}""");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(long.Parse(answer.Header("X-Sequence")!) > 0);
        Assert.Null(answer.Header("Idempotency-Replayed"));
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("\"quantity\":100,\"price\":150.00,", text);
        var order = await answer.DataAsync();
        Assert.Equal("/api/v1/orders/" + order["id"], answer.Header("Location"));
        Assert.StartsWith("order-", (string?)order["id"]);
        Assert.Equal(trader.UserId, (string?)order["userId"]);
        Assert.Equal(trader.AccountId, (string?)order["accountId"]);
        Assert.Equal((symbol, "BUY", "LIMIT", "DAY", "NEW"),
            ((string?)order["symbol"], (string?)order["side"], (string?)order["orderType"], (string?)order["timeInForce"], (string?)order["status"]));
        Assert.Equal((100m, 0m), ((decimal)order["remainingQuantity"]!, (decimal)order["filledQuantity"]!));
        Assert.Equal("CANCEL_NEWEST", (string?)order["selfTradePrevention"]);
        Assert.EndsWith("Z", (string?)order["createdAt"]);
        Assert.Equal((string?)order["createdAt"], (string?)order["updatedAt"]);
        Assert.Null(order["averageFillPrice"]);
        Assert.Null(order["stopPrice"]);
        Assert.Null(order["reason"]);
        // The higher of the two fees is held with the price.
        Assert.Equal((984_997m, 15_003m), await trader.CashAsync());
    }

    [Theory]
    [InlineData("100", "150.00")]
    [InlineData("\"100\"", "\"150.00\"")]
    [InlineData("1e2", "1.5e2")]
    [InlineData("100.000", "150.0000000")]
    public async Task numbers_may_be_written_in_any_exact_form(string quantity, string price)
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        var answer = await trader.PostTextAsync("/orders", $$"""{"symbol":"{{symbol}}","side":"BUY","orderType":"LIMIT","quantity":{{quantity}},"price":{{price}}}""");
        Assert.Contains("\"quantity\":100,\"price\":150.00,", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task trades_at_the_resting_price_and_tells_each_side_its_fee()
    {
        var symbol = await server.ListAsync();
        var (seller, buyer) = (await server.TraderAsync(0, symbol), await server.TraderAsync());
        var resting = await seller.LimitAsync(symbol, "SELL", 60, 149.50m);
        var arriving = await buyer.LimitAsync(symbol, "BUY", 100, 150m);
        Assert.Equal("PARTIAL", (string?)arriving["status"]);
        Assert.Equal((60m, 40m, 149.50m, 1.794m),
            ((decimal)arriving["filledQuantity"]!, (decimal)arriving["remainingQuantity"]!, (decimal)arriving["averageFillPrice"]!, (decimal)arriving["fees"]!));

        var taken = (await buyer.OrderAsync((string)arriving["id"]!))["trades"]!.AsArray().Single()!;
        var made = (await seller.OrderAsync((string)resting["id"]!))["trades"]!.AsArray().Single()!;
        Assert.Equal((string?)taken["id"], (string?)made["id"]);
        Assert.Equal((60m, 149.50m, 1.794m, "TAKER"), ((decimal)taken["quantity"]!, (decimal)taken["price"]!, (decimal)taken["fee"]!, (string?)taken["liquidity"]));
        Assert.Equal((60m, 149.50m, 0.897m, "MAKER"), ((decimal)made["quantity"]!, (decimal)made["price"]!, (decimal)made["fee"]!, (string?)made["liquidity"]));
        Assert.Equal("FILLED", (string?)(await seller.OrderAsync((string)resting["id"]!))["status"]);
    }

    [Theory]
    [InlineData("{}", "symbol")]
    [InlineData("""{"symbol":"T1","orderType":"LIMIT","quantity":1,"price":1}""", "side")]
    [InlineData("""{"symbol":"T1","side":"BUY","quantity":1,"price":1}""", "orderType")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"LIMIT","price":1}""", "quantity")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"LIMIT","quantity":0,"price":1}""", "quantity")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"LIMIT","quantity":-5,"price":1}""", "quantity")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"LIMIT","quantity":1}""", "price")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"LIMIT","quantity":1,"price":0}""", "price")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"LIMIT","quantity":1,"price":"NaN"}""", "price")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"LIMIT","quantity":1,"price":1,"stopPrice":1}""", "stopPrice")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"MARKET","quantity":1,"price":1}""", "price")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"STOP","quantity":1}""", "stopPrice")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"STOP_LIMIT","quantity":1,"stopPrice":2}""", "price")]
    [InlineData("""{"symbol":"T1","side":"UP","orderType":"LIMIT","quantity":1,"price":1}""", "side")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"LIMIT","quantity":1,"price":1,"timeInForce":"GTD"}""", "timeInForce")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"MARKET","quantity":1,"postOnly":true}""", "postOnly")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"LIMIT","quantity":1,"price":1,"postOnly":true,"timeInForce":"IOC"}""", "postOnly")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"LIMIT","quantity":1,"price":1,"clientOrderId":""}""", "clientOrderId")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"LIMIT","quantity":1,"price":1,"clientOrderId":"é"}""", "clientOrderId")]
    [InlineData("""{"symbol":"T1","side":"BUY","orderType":"LIMIT","quantity":1,"price":1,"clientOrderId":"12345678901234567890123456789012345678901234567890123456789012345"}""", "clientOrderId")]
    public async Task a_fault_of_form_names_its_field(string body, string field)
    {
        var trader = await server.TraderAsync(0);
        var error = await (await trader.PostTextAsync("/orders", body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(field, (string?)error["details"]!["field"]);
    }

    [Theory]
    [InlineData(1, "150.005", "INVALID_TICK_SIZE", "price", 150.00)]
    [InlineData(1, "150.000000001", "INVALID_TICK_SIZE", "price", 150.00)]
    [InlineData(1, "0.001", "INVALID_TICK_SIZE", "price", 0.01)]
    [InlineData(1.5, "150", "INVALID_LOT_SIZE", "quantity", 1.0)]
    [InlineData(1, "165.01", "PRICE_OUT_OF_BAND", "price", 165.00)]
    [InlineData(1, "134.99", "PRICE_OUT_OF_BAND", "price", 135.00)]
    public async Task what_the_instrument_does_not_allow_is_refused_with_the_nearest_that_it_does(double quantity, string price, string code, string field, double suggested)
    {
        var symbol = await server.ListAsync(new { priceBandPercent = 10 });
        var trader = await server.TraderAsync();
        var answer = await trader.PostTextAsync("/orders", $$"""{"symbol":"{{symbol}}","side":"BUY","orderType":"LIMIT","quantity":{{quantity}},"price":{{price}},"clientOrderId":"c-7"}""");
        var error = await answer.ErrorAsync(HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal(field, (string?)error["details"]!["field"]);
        Assert.Equal((decimal)suggested, (decimal)error["details"]!["suggested"]!);
        Assert.Equal("c-7", (string?)error["details"]!["clientOrderId"]);
    }

    [Theory]
    [InlineData("999999999999999", "150", "ORDER_TOO_LARGE")]
    [InlineData("1000000000000000", "150", "QUANTITY_OUT_OF_RANGE")]
    [InlineData("99999999999999999999", "150", "QUANTITY_OUT_OF_RANGE")]
    [InlineData("1", "99999999999999999999", "QUANTITY_OUT_OF_RANGE")]
    [InlineData("1", "10000000000000", "QUANTITY_OUT_OF_RANGE")]
    [InlineData("1", "9999999999999.99", "ORDER_TOO_LARGE")]
    public async Task no_number_is_too_large_to_be_refused(string quantity, string price, string code)
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        var answer = await trader.PostTextAsync("/orders", $$"""{"symbol":"{{symbol}}","side":"BUY","orderType":"LIMIT","quantity":{{quantity}},"price":{{price}}}""");
        await answer.ErrorAsync(HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task without_the_money_or_the_shares_says_what_is_there_and_what_is_needed()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync(cash: 1_000, symbol, shares: 5);
        var funds = (await (await trader.TryLimitAsync(symbol, "BUY", 10, 150)).ErrorAsync(HttpStatusCode.UnprocessableEntity, "INSUFFICIENT_FUNDS"))["details"]!;
        Assert.Equal((1_000m, 1_500.30m), ((decimal)funds["observed"]!, (decimal)funds["limit"]!));
        var shares = (await (await trader.TryLimitAsync(symbol, "SELL", 6, 150)).ErrorAsync(HttpStatusCode.UnprocessableEntity, "INSUFFICIENT_POSITION"))["details"]!;
        Assert.Equal((5, 6, 5), ((int)shares["observed"]!, (int)shares["limit"]!, (int)shares["suggested"]!));
        Assert.Equal((1_000m, 0m), await trader.CashAsync());
    }

    [Fact]
    public async Task post_only_is_refused_when_it_would_take()
    {
        var symbol = await server.ListAsync();
        var (seller, buyer) = (await server.TraderAsync(0, symbol), await server.TraderAsync());
        await seller.LimitAsync(symbol, "SELL", 1, 150);
        var answer = await buyer.PostAsync("/orders", new { symbol, side = "BUY", orderType = "LIMIT", quantity = 1, price = 151, postOnly = true });
        var details = (await answer.ErrorAsync(HttpStatusCode.UnprocessableEntity, "POST_ONLY_WOULD_TAKE"))["details"]!;
        Assert.Equal((151m, 150m, 149.99m), ((decimal)details["observed"]!, (decimal)details["limit"]!, (decimal)details["suggested"]!));
    }

    [Fact]
    public async Task on_an_unknown_symbol_or_account_is_not_found()
    {
        var symbol = await server.ListAsync();
        var (trader, other) = (await server.TraderAsync(), await server.TraderAsync());
        await (await trader.TryLimitAsync("NOPE", "BUY", 1, 1)).ErrorAsync(HttpStatusCode.NotFound, "INSTRUMENT_NOT_FOUND");
        await (await trader.TryLimitAsync("ünknown symbol of some length", "BUY", 1, 1)).ErrorAsync(HttpStatusCode.NotFound, "INSTRUMENT_NOT_FOUND");
        foreach (var accountId in new[] { other.AccountId, "account-1", "account-99999", "account-x", "order-1" })
            await (await trader.PostAsync("/orders", new { symbol, side = "BUY", orderType = "LIMIT", quantity = 1, price = 1, accountId })).ErrorAsync(HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND");
    }

    [Fact]
    public async Task from_a_savings_account_is_refused()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        var savings = await (await trader.PostAsync("/accounts", new { name = "Rainy days", type = "SAVINGS" })).DataAsync();
        var answer = await trader.PostAsync("/orders", new { symbol, side = "BUY", orderType = "LIMIT", quantity = 1, price = 1, accountId = (string?)savings["id"] });
        await answer.ErrorAsync(HttpStatusCode.UnprocessableEntity, "ACCOUNT_NOT_TRADABLE");
    }

    [Fact]
    public async Task while_the_instrument_is_halted_is_refused()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        using var admin = await server.AdminAsync();
        await (await admin.PostAsync($"/api/v1/instruments/{symbol}/halt", null, Cancellation)).DataAsync();
        await (await trader.TryLimitAsync(symbol, "BUY", 1, 1)).ErrorAsync(HttpStatusCode.UnprocessableEntity, "MARKET_HALTED");
        await (await admin.PostAsync($"/api/v1/instruments/{symbol}/resume", null, Cancellation)).DataAsync();
        await trader.LimitAsync(symbol, "BUY", 1, 1);
    }

    [Fact]
    public async Task needs_the_permission()
    {
        var symbol = await server.ListAsync();
        using var admin = await server.AdminAsync();
        var (client, session, _) = await server.NewUserAsync();
        var path = $"/api/v1/users/{session["user"]!["id"]}";
        await (await admin.PatchAsync(path, Answers.Json("""{"role":"USER"}"""), Cancellation)).DataAsync();
        var reader = new Trader(client, "", "");
        await (await reader.TryLimitAsync(symbol, "BUY", 1, 1)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        await (await reader.GetAsync("/orders")).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        using var nobody = server.Client();
        await (await new Trader(nobody, "", "").TryLimitAsync(symbol, "BUY", 1, 1)).ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
    }

    [Fact]
    public async Task a_stop_order_waits_and_has_no_limit_price()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        var order = await (await trader.PostAsync("/orders", new { symbol, side = "BUY", orderType = "STOP", quantity = 1, stopPrice = 160 })).DataAsync();
        Assert.Equal(("NEW", 160m), ((string?)order["status"], (decimal)order["stopPrice"]!));
        Assert.Null(order["price"]);
    }

    [Fact]
    public async Task what_cannot_trade_at_once_expires_and_says_why()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        var order = await (await trader.PostAsync("/orders", new { symbol, side = "BUY", orderType = "LIMIT", quantity = 1, price = 150, timeInForce = "IOC" })).DataAsync();
        Assert.Equal(("EXPIRED", "UNFILLED"), ((string?)order["status"], (string?)order["reason"]));
        var later = await trader.OrderAsync((string)order["id"]!);
        Assert.Equal(("EXPIRED", "UNFILLED"), ((string?)later["status"], (string?)later["reason"]));
        Assert.Empty(later["trades"]!.AsArray());
    }
}
