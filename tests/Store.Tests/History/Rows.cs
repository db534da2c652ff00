namespace MyTradeX.Store.Tests.History;

/// <summary>Rows with something in every column, to be bent with <c>with</c>.</summary>
internal static class Rows
{
    public const long At = 1_760_000_000_000_000;

    public static OrderRow Order(long id, long sequence = 1) => new()
    {
        Id = id,
        AccountId = 10,
        UserId = 1,
        InstrumentId = 7,
        Symbol = "AAPL",
        Side = "BUY",
        OrderType = "LIMIT",
        TimeInForce = "GTC",
        SelfTradePrevention = "CANCEL_NEWEST",
        Price = 15_000,
        Quantity = 100,
        Status = "NEW",
        CreatedAt = At + id,
        UpdatedAt = At + id,
        Sequence = sequence,
    };

    public static TradeRow Trade(long id) => new()
    {
        Id = id,
        InstrumentId = 7,
        Symbol = "AAPL",
        Price = 15_000,
        Quantity = 10,
        Notional = 150_000,
        TakerSide = "SELL",
        BuyOrderId = 100 + id,
        SellOrderId = 200 + id,
        BuyAccountId = 10,
        SellAccountId = 20,
        BuyFee = -1,
        SellFee = 2,
        Sequence = id,
        ExecutedAt = At + id,
    };

    public static LedgerLineRow Line(long entry, long line, long account) => new()
    {
        EntryId = entry,
        Line = line,
        AccountId = account,
        Asset = "USD",
        Amount = line == 0 ? -5 : 5,
        BalanceAfter = 1_000,
        Kind = "TRADE",
        Reference = "trade-" + entry,
        Sequence = entry,
        PostedAt = At + entry,
    };

    public static AccountRow Account(long id, bool synthetic = false, long sequence = 1) => new()
    {
        Id = id,
        UserId = 1,
        Name = "Main",
        Type = "TRADING",
        Currency = "USD",
        Balance = 5,
        Held = 2,
        Status = "ACTIVE",
        Synthetic = synthetic,
        CreatedAt = At,
        Sequence = sequence,
    };

    public static TransferRow Transfer(long id, long fromUser = 1, long toUser = 2, string status = "COMPLETED", long sequence = 1) => new()
    {
        Id = id,
        UserId = fromUser,
        FromAccountId = 10 * fromUser,
        ToAccountId = 10 * toUser,
        FromUserId = fromUser,
        ToUserId = toUser,
        Currency = "USD",
        Amount = 250,
        Status = status,
        Memo = "lunch",
        CreatedAt = At + id,
        EndedAt = At + id,
        Sequence = sequence,
    };

    public static CandleRow Candle(long openTime, long open, long high, long low, long close, long volume = 1) => new()
    {
        InstrumentId = 7,
        OpenTime = openTime,
        Open = open,
        High = high,
        Low = low,
        Close = close,
        Volume = volume,
        Notional = volume * 10,
        TradeCount = 1,
    };
}
