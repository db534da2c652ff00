using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Trading;

namespace MyTradeX.Cli.Tests;

/// <summary>Records as a server would send them.</summary>
static class Samples
{
    public static OrderDto Order(string id = "order-7", OrderStatus status = OrderStatus.New) => new()
    {
        Id = id,
        UserId = "user-1",
        AccountId = "account-3",
        Symbol = "AAPL",
        Side = OrderSide.Buy,
        OrderType = OrderType.Limit,
        Quantity = 10,
        Price = 150.25m,
        RemainingQuantity = 10,
        Status = status,
        CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        UpdatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    public static Session Session(string token, string? refreshToken = null) =>
        new() { Token = token, AccessToken = token, RefreshToken = refreshToken, ExpiresIn = 3600 };

    public static Me Me() => new()
    {
        Id = "user-1",
        Email = "user@example.com",
        Name = "John Doe",
        FirstName = "John",
        LastName = "Doe",
        Role = UserRole.Trader,
        Status = UserStatus.Active,
        Permissions = [Permission.CreateOrders],
    };

    public static OrderBookDto Book() => new() { Symbol = "AAPL", Sequence = 12, Bids = [new(150.20m, 1000)], Asks = [new(150.30m, 800)] };

    public static MarketDataDto Market(string symbol) => new() { Symbol = symbol, LastPrice = 150.25m, Change24h = -1.5m, Volume = 1_000_000 };
}
