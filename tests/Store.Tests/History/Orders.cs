using Xunit;
using static MyTradeX.Store.Tests.History.Rows;

namespace MyTradeX.Store.Tests.History;

public abstract class Orders(Engine engine) : HistoryTests(engine)
{
    private static readonly OrderQuery OfUser = new() { UserId = 1 };

    private OrderHistory History => new(Database);

    private async Task<IEnumerable<long>> IdsAsync(OrderQuery query)
    {
        var page = await History.ListAsync(query, 1, 100, Cancel);
        Assert.Equal(page.Items.Count, page.Total);
        var byCursor = await History.ListAsync(query, null, 100, Cancel);
        Assert.Equal(page.Items, byCursor.Items);
        return page.Items.Select(order => order.Id).ToArray();
    }

    [Fact]
    public async Task lists_are_newest_first_and_each_users_own()
    {
        Write(Order(1), Order(3), Order(2), Order(4) with { UserId = 2 }, Order(5) with { CreatedAt = At });

        Assert.Equal([3, 2, 1, 5], await IdsAsync(OfUser));
        Assert.Equal([4], await IdsAsync(new OrderQuery { UserId = 2 }));
        Assert.Empty(await IdsAsync(new OrderQuery { UserId = 3 }));
    }

    [Fact]
    public async Task filters_narrow_and_join()
    {
        Write(
            Order(1) with { Status = "FILLED", Symbol = "MSFT", Side = "SELL", ClientOrderId = "a", AccountId = 11 },
            Order(2) with { Status = "PARTIAL", Symbol = "MSFT" },
            Order(3) with { Status = "CANCELLED" },
            Order(4) with { ClientOrderId = "a" },
            Order(5) with { Symbol = "msft" });

        Assert.Equal([5, 4, 2], await IdsAsync(OfUser with { Statuses = ["NEW", "PARTIAL"] }));
        Assert.Empty(await IdsAsync(OfUser with { Statuses = [] }));
        Assert.Equal([2, 1], await IdsAsync(OfUser with { Symbol = "MSFT" }));
        Assert.Equal([1], await IdsAsync(OfUser with { Symbol = "MSFT", Side = "SELL", Statuses = ["FILLED"] }));
        Assert.Equal([4, 1], await IdsAsync(OfUser with { ClientOrderId = "a" }));
        Assert.Equal([1], await IdsAsync(OfUser with { AccountId = 11 }));
        Assert.Empty(await IdsAsync(OfUser with { Symbol = "' OR 1=1 --" }));
    }

    [Fact]
    public async Task times_include_the_first_instant_and_not_the_last()
    {
        Write(Order(1), Order(2), Order(3), Order(4));

        Assert.Equal([3, 2], await IdsAsync(OfUser with { From = At + 2, To = At + 4 }));
        Assert.Empty(await IdsAsync(OfUser with { From = At + 2, To = At + 2 }));
    }

    [Fact]
    public async Task a_walk_by_cursor_gives_each_order_once_there_and_back_even_within_one_instant()
    {
        Write(Enumerable.Range(1, 23).Select(id => (object)(Order(id) with { CreatedAt = At + (id / 10) })).ToArray());

        var (forth, back) = await WalkAsync<OrderRow, TimeKey>(cursor => History.ListAsync(OfUser, cursor, 4, Cancel));

        var all = Enumerable.Range(1, 23).Reverse().Select(id => (long)id);
        Assert.Equal(all, forth.Select(order => order.Id));
        Assert.Equal(all, back.Select(order => order.Id));
    }

    [Fact]
    public async Task a_walk_by_cursor_stays_in_place_while_newer_orders_arrive()
    {
        Write(Order(1), Order(2), Order(3), Order(4));
        var first = await History.ListAsync(OfUser, null, 2, Cancel);

        Write(Order(5), Order(6));
        var second = await History.ListAsync(OfUser, first.Next, 2, Cancel);
        var newer = await History.ListAsync(OfUser, new Cursor<TimeKey>(new TimeKey(first.Items[0].CreatedAt, first.Items[0].Id), Backward: true), 10, Cancel);

        Assert.Equal([4, 3], first.Items.Select(order => order.Id));
        Assert.Equal([2, 1], second.Items.Select(order => order.Id));
        Assert.False(second.HasMore);
        Assert.Equal([6, 5], newer.Items.Select(order => order.Id));
    }

    [Fact]
    public async Task the_clients_own_name_finds_the_accounts_newest_order()
    {
        Write(Order(1) with { ClientOrderId = "x" }, Order(2) with { ClientOrderId = "x" }, Order(3) with { ClientOrderId = "x", AccountId = 99 });

        Assert.Equal(2, (await History.FindAsync(10, "x", Cancel))!.Id);
        Assert.Null(await History.FindAsync(10, "X", Cancel));
        Assert.Null(await History.GetAsync(404, Cancel));
    }

    [Fact]
    public async Task an_orders_fills_come_oldest_first_from_either_side_and_in_parts()
    {
        Write(Trade(3) with { BuyOrderId = 1 }, Trade(1) with { BuyOrderId = 1 }, Trade(2) with { SellOrderId = 1 }, Trade(4));

        Assert.Equal([1, 2, 3], (await History.FillsAsync(1, cancellation: Cancel)).Select(trade => trade.Id));
        Assert.Equal([1, 2], (await History.FillsAsync(1, max: 2, cancellation: Cancel)).Select(trade => trade.Id));
        Assert.Equal([3], (await History.FillsAsync(1, afterTradeId: 2, cancellation: Cancel)).Select(trade => trade.Id));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => History.FillsAsync(1, max: 1_001, cancellation: Cancel));
    }

    public sealed class OnSqlite() : Orders(Engine.Sqlite);

    public sealed class OnPostgres() : Orders(Engine.Postgres);
}
