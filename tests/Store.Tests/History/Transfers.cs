using Xunit;
using static MyTradeX.Store.Tests.History.Rows;

namespace MyTradeX.Store.Tests.History;

public abstract class Transfers(Engine engine) : HistoryTests(engine)
{
    private TransferHistory History => new(Database);

    [Fact]
    public async Task keep_every_column_and_their_last_state()
    {
        var scheduled = Transfer(1, status: "SCHEDULED") with { SeriesId = 1, Occurrence = 1, Recurrence = "daily", RunAt = At + 100, EndedAt = null };
        Write(scheduled);
        Assert.Equal(scheduled, await History.GetAsync(1, Cancel));

        var failed = scheduled with { Status = "FAILED", Reason = "INSUFFICIENT_FUNDS", EndedAt = At + 101, Recurrence = null, Sequence = 2 };
        Write(failed);
        Assert.Equal(failed, await History.GetAsync(1, Cancel));
        Assert.Null(await History.GetAsync(2, Cancel));
    }

    [Fact]
    public async Task of_a_user_are_those_sent_and_received_newest_first_each_once()
    {
        Write(Transfer(1), Transfer(2, 2, 1), Transfer(3, 1, 1), Transfer(4, 2, 3), Transfer(5));

        var (forth, back) = await WalkAsync<TransferRow, TimeKey>(cursor => History.ListAsync(new TransferQuery { UserId = 1 }, cursor, 2, Cancel));

        Assert.Equal([5, 3, 2, 1], forth.Select(transfer => transfer.Id));
        Assert.Equal([5, 3, 2, 1], back.Select(transfer => transfer.Id));
    }

    [Fact]
    public async Task filters_narrow_and_join()
    {
        Write(Transfer(1), Transfer(2, 2, 1), Transfer(3, 1, 1), Transfer(4, status: "FAILED"), Transfer(5) with { SeriesId = 5, FromAccountId = 11 });
        async Task<IEnumerable<long>> Ids(TransferQuery query)
        {
            var page = await History.ListAsync(query, 1, 10, Cancel);
            Assert.Equal(page.Items.Count, page.Total);
            return page.Items.Select(transfer => transfer.Id).ToArray();
        }

        var all = new TransferQuery { UserId = 1 };
        Assert.Equal([5, 4, 3, 1], await Ids(all with { IsSent = true }));
        Assert.Equal([3, 2], await Ids(all with { IsSent = false }));
        Assert.Equal([4], await Ids(all with { Statuses = ["FAILED", "CANCELLED"] }));
        Assert.Equal([5], await Ids(all with { AccountId = 11 }));
        Assert.Equal([5], await Ids(all with { SeriesId = 5 }));
        Assert.Equal([3, 2], await Ids(all with { From = At + 2, To = At + 4 }));
    }

    public sealed class OnSqlite() : Transfers(Engine.Sqlite);

    public sealed class OnPostgres() : Transfers(Engine.Postgres);
}
