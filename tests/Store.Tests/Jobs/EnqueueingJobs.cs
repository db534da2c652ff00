using Xunit;

namespace MyTradeX.Store.Tests.Jobs;

public abstract class EnqueueingJobs(Engine engine) : JobTests(engine)
{
    [Fact]
    public async Task a_job_is_there_if_and_only_if_its_transaction_is()
    {
        var told = new List<string>();
        Jobs.Enqueued += told.AddRange;

        await Assert.ThrowsAsync<InvalidOperationException>(() => Database.WriteAsync<bool>(
            async session =>
            {
                await JobStore.EnqueueAsync(session, new NewJob("mail", "{}"), Now);
                throw new InvalidOperationException("the cause did not come to be");
            },
            Cancel));
        Assert.Empty(await ClaimAsync());
        Assert.Empty(told);

        await Database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("UPDATE users SET name = name");
                await JobStore.EnqueueAsync(session, new NewJob("mail", "{}"), Now);
                Assert.Empty(told);
            },
            Cancel);
        Assert.Equal(["mail"], told);
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task the_same_work_is_enqueued_once_whatever_became_of_it()
    {
        var first = await EnqueueAsync(key: "delivery-1");
        Assert.Equal(first, await EnqueueAsync(key: "delivery-1"));
        await Jobs.CompleteAsync(await ClaimOneAsync(), Now, 100, Cancel);
        Assert.Equal(first, await EnqueueAsync(key: "delivery-1"));
        Assert.Empty(await ClaimAsync());

        Assert.NotEqual(first, await EnqueueAsync("webhook", key: "delivery-1"));
        Assert.NotEqual(first, await EnqueueAsync(key: "delivery-2"));
        Assert.NotEqual(await EnqueueAsync(), await EnqueueAsync());
    }

    [Fact]
    public async Task of_many_at_once_with_one_key_one_is_enqueued()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => EnqueueAsync(key: "once"))));

        Assert.Single(ids.Distinct());
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task a_payload_has_its_limit()
    {
        await Jobs.EnqueueAsync(new NewJob("mail", new string(' ', NewJob.PayloadMax)), Now, Cancel);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Jobs.EnqueueAsync(new NewJob("mail", new string(' ', NewJob.PayloadMax + 1)), Now, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => EnqueueAsync(key: new string('k', NewJob.UniqueKeyMax + 1)));
    }

    public sealed class OnSqlite() : EnqueueingJobs(Engine.Sqlite);

    public sealed class OnPostgres() : EnqueueingJobs(Engine.Postgres);
}
