using Xunit;
using static MyTradeX.Store.Tests.History.Rows;

namespace MyTradeX.Store.Tests.History;

public abstract class Projecting(Engine engine) : HistoryTests(engine)
{
    private OrderHistory Orders => new(Database);

    [Fact]
    public async Task nothing_was_written_at_first() => Assert.Null(await Writer.LoadCheckpointAsync(Cancel));

    [Fact]
    public async Task the_checkpoint_is_written_with_the_rows_to_the_last_bit()
    {
        var checkpoint = new ProjectionCheckpoint(long.MaxValue, long.MinValue, -1);
        var batch = new ProjectionBatch { Orders = { Order(1) } };

        Assert.True(Writer.Write(batch, checkpoint));

        Assert.Equal(checkpoint, await Writer.LoadCheckpointAsync(Cancel));
        Assert.Equal(Order(1), await Orders.GetAsync(1, Cancel));
    }

    [Fact]
    public async Task a_batch_that_leads_no_further_is_left_out_whole()
    {
        Writer.Write(new ProjectionBatch { Orders = { Order(1) } }, new ProjectionCheckpoint(5, 50, 500));

        Assert.False(Writer.Write(new ProjectionBatch { Orders = { Order(2) } }, new ProjectionCheckpoint(5, 51, 501)));
        Assert.False(Writer.Write(new ProjectionBatch { Orders = { Order(2) } }, new ProjectionCheckpoint(4, 51, 501)));
        Assert.True(Writer.Write(new ProjectionBatch(), new ProjectionCheckpoint(6, 60, 600)));

        Assert.Null(await Orders.GetAsync(2, Cancel));
        Assert.Equal(new ProjectionCheckpoint(6, 60, 600), await Writer.LoadCheckpointAsync(Cancel));
    }

    [Fact]
    public async Task every_column_reads_back_to_the_largest_amount_and_the_oddest_text()
    {
        const string odd = "Ünï😀 ' \" \\ % _ ; -- $1 @p ?";
        var order = Order(long.MaxValue) with
        {
            AccountId = long.MinValue,
            Symbol = odd,
            PostOnly = true,
            ClientOrderId = odd,
            Price = long.MaxValue,
            StopPrice = long.MinValue,
            Quantity = 9_200_000_000_000_000_000,
            FilledQuantity = -9_200_000_000_000_000_000,
            FilledNotional = long.MaxValue,
            Fees = long.MinValue,
            Reason = "",
        };
        var trade = Trade(long.MinValue) with { Price = long.MaxValue, Notional = long.MaxValue, SellFee = long.MinValue, Symbol = odd };
        var line = Line(long.MaxValue - At, 0, 10) with { Amount = long.MinValue, BalanceAfter = long.MaxValue, Reference = odd };
        Write(order, trade, line);

        Assert.Equal(order, await Orders.GetAsync(order.Id, Cancel));
        Assert.Equal(trade, await new TradeHistory(Database).GetAsync(trade.Id, Cancel));
        Assert.Equal([line], await new LedgerHistory(Database).GetEntryAsync(line.EntryId, Cancel));
    }

    [Fact]
    public async Task an_order_is_replaced_by_a_newer_row_and_never_by_an_older()
    {
        var newest = Order(1, sequence: 7) with
        {
            Status = "FILLED", Price = 14_999, StopPrice = 14_990, Quantity = 120, FilledQuantity = 100, FilledNotional = 7, Fees = 8, Reason = "x", UpdatedAt = Rows.At + 9,
        };
        Write(Order(1, sequence: 5) with { Price = null, Reason = "y" });
        Write(newest);
        Write(Order(1, sequence: 6) with { Status = "PARTIAL" });

        Assert.Equal(newest, await Orders.GetAsync(1, Cancel));
    }

    [Fact]
    public async Task of_one_orders_rows_in_a_batch_the_newest_wins_and_of_equals_the_last()
    {
        Write(Order(1, 3), Order(2, 9) with { Status = "FILLED" }, Order(1, 3) with { Status = "PARTIAL" }, Order(2, 8) with { Status = "PARTIAL" });
        Assert.Equal("PARTIAL", (await Orders.GetAsync(1, Cancel))!.Status);

        Write(Order(1, 3) with { Status = "CANCELLED" });

        Assert.Equal("CANCELLED", (await Orders.GetAsync(1, Cancel))!.Status);
        Assert.Equal("FILLED", (await Orders.GetAsync(2, Cancel))!.Status);
    }

    [Fact]
    public async Task trades_and_ledger_lines_are_written_once()
    {
        Write(Trade(1), Trade(1) with { Price = 2 }, Line(1, 0, 10), Line(1, 0, 11));
        Write(Trade(1) with { Price = 3 }, Trade(2), Line(1, 0, 12), Line(1, 1, 20));

        Assert.Equal(Trade(1), await new TradeHistory(Database).GetAsync(1, Cancel));
        Assert.Equal([Line(1, 0, 10), Line(1, 1, 20)], await new LedgerHistory(Database).GetEntryAsync(1, Cancel));
        Assert.Equal(2, await QueryAsync<long>("SELECT COUNT(*) FROM trades"));
    }

    [Fact]
    public async Task accounts_positions_and_instruments_follow_the_newest_row()
    {
        var position = new PositionRow { AccountId = 1, InstrumentId = 7, Symbol = "AAPL", Quantity = 5, Held = 1, CostBasis = -9, RealizedPnl = 3, Sequence = 4, UpdatedAt = At };
        var instrument = new InstrumentRow { Id = 7, Symbol = "AAPL", Json = "{\"tick\":1}", Sequence = 4 };
        Write(Account(1, sequence: 4), position, instrument);
        Write(Account(1, true, 5) with { Balance = 9 }, position with { Sequence = 5, Quantity = 6 }, instrument with { Sequence = 5, Json = "{}" });
        Write(Account(1, sequence: 3), position with { Sequence = 3 }, instrument with { Sequence = 3 });

        Assert.Equal(Account(1, true, 5) with { Balance = 9 }, await QueryAsync<AccountRow>("SELECT * FROM accounts"));
        Assert.Equal(position with { Sequence = 5, Quantity = 6 }, await QueryAsync<PositionRow>("SELECT * FROM positions"));
        Assert.Equal(instrument with { Sequence = 5, Json = "{}" }, await QueryAsync<InstrumentRow>("SELECT * FROM instruments"));
    }

    [Fact]
    public async Task a_batch_that_fails_leaves_neither_rows_nor_checkpoint_and_the_writer_goes_on()
    {
        Write(Order(1));
        var broken = new ProjectionBatch { Orders = { Order(2) }, Trades = { Trade(1) with { Symbol = null! } } };

        Assert.ThrowsAny<Exception>(() => Writer.Write(broken, new ProjectionCheckpoint(2, 0, 0)));
        Assert.Null(await Orders.GetAsync(2, Cancel));
        Assert.Equal(1, (await Writer.LoadCheckpointAsync(Cancel))!.Sequence);

        Write(Order(2));
        Assert.Equal(Order(2), await Orders.GetAsync(2, Cancel));
    }

    [Fact]
    public async Task syncing_changes_nothing_of_what_was_written()
    {
        await Writer.SyncAsync(Cancel);
        Assert.Null(await Writer.LoadCheckpointAsync(Cancel));

        Write(Order(1));
        await Writer.SyncAsync(Cancel);
        await Writer.SyncAsync(Cancel);

        Assert.Equal(1, (await Writer.LoadCheckpointAsync(Cancel))!.Sequence);
        Assert.Equal(Order(1), await Orders.GetAsync(1, Cancel));
    }

    [Fact]
    public async Task queries_and_sign_ins_go_on_beside_the_projector()
    {
        var users = new UserStore(Database);
        var projecting = Task.Run(
            () =>
            {
                for (var i = 0; i < 50; i++)
                    Write(Enumerable.Range(i * 100, 100).Select(id => (object)Order(id)).ToArray());
            },
            Cancel);
        for (var i = 0; !projecting.IsCompleted || i < 5; i++)
        {
            await users.CreateAsync(new NewUser { Email = $"u{i}@example.com", Name = "U", Role = "USER", Status = "ACTIVE" }, At, Cancel);
            // A batch is seen whole or not at all.
            var (count, sequence) = await Database.ReadAsync(
                async session => (await session.FirstAsync<Seen>("SELECT COUNT(*) AS orders, (SELECT sequence FROM projection_checkpoint WHERE id = 1) AS sequence FROM orders"))!,
                Cancel) is { } seen ? (seen.Orders, seen.Sequence) : default;
            Assert.Equal(sequence * 100, count);
        }

        await projecting;
        Assert.Equal(5_000, await QueryAsync<long>("SELECT COUNT(*) FROM orders"));
    }

    private sealed record Seen
    {
        public long Orders { get; init; }

        public long Sequence { get; init; }
    }

    public sealed class OnSqlite() : Projecting(Engine.Sqlite);

    public sealed class OnPostgres() : Projecting(Engine.Postgres);
}
