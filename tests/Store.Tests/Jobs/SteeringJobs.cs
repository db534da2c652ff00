using Xunit;

namespace MyTradeX.Store.Tests.Jobs;

public abstract class SteeringJobs(Engine engine) : JobTests(engine)
{
    [Fact]
    public async Task a_queued_job_that_is_cancelled_is_never_claimed()
    {
        var id = await EnqueueAsync();

        Assert.Equal(JobChange.Done, (await Jobs.CancelAsync(id, Now, 500, Cancel)).Change);

        Assert.Empty(await ClaimAsync());
        Assert.Equal((JobChange.WrongState, JobStatuses.Cancelled), await ChangeAsync(Jobs.CancelAsync(id, Now, 500, Cancel)));
    }

    [Fact]
    public async Task a_running_job_that_is_cancelled_is_its_workers_no_longer()
    {
        var id = await EnqueueAsync();
        var claimed = await ClaimOneAsync();

        Assert.Equal(JobChange.Done, (await Jobs.CancelAsync(id, Now, 500, Cancel)).Change);

        Assert.Empty(await Jobs.RenewAsync(Me, [id], Now + Lease, Cancel));
        Assert.False(await Jobs.CompleteAsync(claimed, Now, 100, Cancel));
        Assert.Equal(JobStatuses.Cancelled, (await RowAsync(id)).Status);
    }

    [Fact]
    public async Task cancelled_jobs_are_kept_by_number()
    {
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await EnqueueAsync());
            await Jobs.CancelAsync(ids[i], Now + i, 2, Cancel);
        }

        Assert.Equal([ids[4], ids[3]], (await Jobs.ListAsync(new JobQuery(), 1, 9, Cancel)).Items.Select(job => job.Id));
    }

    [Fact]
    public async Task whatever_has_ended_may_be_tried_again_and_nothing_else()
    {
        var id = await EnqueueAsync();
        Assert.Equal((JobChange.WrongState, JobStatuses.Queued), await ChangeAsync(Jobs.RetryAsync(id, Now, Cancel)));
        var claimed = await ClaimOneAsync();
        Assert.Equal((JobChange.WrongState, JobStatuses.Running), await ChangeAsync(Jobs.RetryAsync(id, Now, Cancel)));
        await Jobs.CompleteAsync(claimed, Now, 100, Cancel);
        Assert.Equal((JobChange.WrongState, JobStatuses.Completed), await ChangeAsync(Jobs.CancelAsync(id, Now, 500, Cancel)));
        Assert.Equal((JobChange.Done, JobStatuses.Queued), await ChangeAsync(Jobs.RetryAsync(id, Now, Cancel)));
        await Jobs.CancelAsync(id, Now, 500, Cancel);
        Assert.Equal((JobChange.Done, JobStatuses.Queued), await ChangeAsync(Jobs.RetryAsync(id, Now, Cancel)));

        Assert.Equal(JobChange.NotFound, (await Jobs.RetryAsync(id + 1, Now, Cancel)).Change);
        Assert.Equal(JobChange.NotFound, (await Jobs.CancelAsync(id + 1, Now, 500, Cancel)).Change);
        Assert.Null(await Jobs.GetAsync(id + 1, Cancel));
    }

    [Fact]
    public async Task lists_are_newest_first_by_both_ways_of_paging_and_by_filter()
    {
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
            ids.Add(await EnqueueAsync(i % 2 == 0 ? "mail" : "webhook", now: Now + i));
        await Jobs.CancelAsync(ids[0], Now, 500, Cancel);
        ids.Reverse();

        var page = await Jobs.ListAsync(new JobQuery(), 2, 2, Cancel);
        Assert.Equal(5, page.Total);
        Assert.Equal(ids[2..4], page.Items.Select(job => job.Id));
        var top = await Jobs.ListAsync(new JobQuery(), null, 3, Cancel);
        await EnqueueAsync(now: Now + 9);
        var rest = await Jobs.ListAsync(new JobQuery(), top.Next, 3, Cancel);
        Assert.Equal(ids, top.Items.Concat(rest.Items).Select(job => job.Id));
        Assert.Equal([ids[1], ids[3]], (await Jobs.ListAsync(new JobQuery { Kind = "webhook" }, 1, 9, Cancel)).Items.Select(job => job.Id));
        Assert.Equal([ids[4]], (await Jobs.ListAsync(new JobQuery { Status = JobStatuses.Cancelled }, null, 9, Cancel)).Items.Select(job => job.Id));
    }

    [Fact]
    public async Task counting_tells_kinds_states_and_the_oldest()
    {
        await EnqueueAsync(runAt: Now + 5);
        await EnqueueAsync(runAt: Now + 3);
        await EnqueueAsync("webhook");
        await ClaimAsync("webhook");

        var counts = (await Jobs.CountAsync(Cancel)).OrderBy(count => count.Kind, StringComparer.Ordinal);

        Assert.Equal([new JobCount("mail", JobStatuses.Queued, 2, Now + 3), new JobCount("webhook", JobStatuses.Running, 1, Now)], counts);
    }

    [Theory]
    [InlineData("SELECT MIN(due_at) FROM jobs WHERE status = 'QUEUED' AND kind = 'mail'", "jobs_queued")]
    [InlineData("SELECT id FROM jobs WHERE status = 'QUEUED' AND kind = 'mail' AND due_at <= 5 ORDER BY due_at, id LIMIT 5", "jobs_queued")]
    [InlineData("SELECT id FROM jobs WHERE status = 'RUNNING' AND owner = 'me'", "jobs_running")]
    [InlineData("SELECT id FROM jobs WHERE status IN ('COMPLETED', 'FAILED', 'CANCELLED') AND kind = 'mail' AND status = 'FAILED' ORDER BY finished_at DESC, id DESC LIMIT 100 OFFSET 500", "jobs_finished")]
    public async Task what_a_worker_asks_for_is_read_along_an_index(string sql, string index)
    {
        if (Engine == Engine.Postgres)
        {
            await ExecuteAsync("INSERT INTO jobs (kind, payload, status, attempts, interruptions, attempts_before, due_at, created_at, finished_at) SELECT 'mail', '{}', CASE WHEN n < 9 THEN 'RUNNING' WHEN n % 2 = 0 THEN 'QUEUED' ELSE 'FAILED' END, 0, 0, 0, n, n, n FROM generate_series(1, 20000) AS n");
            await ExecuteAsync("ANALYZE jobs");
            Assert.Contains(index, await QueryAsync<string>("EXPLAIN (FORMAT JSON) " + sql), StringComparison.Ordinal);
            return;
        }

        var plan = await Database.ReadAsync(session => session.ListAsync<Step>("EXPLAIN QUERY PLAN " + sql), Cancel);
        Assert.Contains(plan, step => step.Detail.Contains(index, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Detail.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    private static async Task<(JobChange Change, string Status)> ChangeAsync(Task<JobOutcome> outcome) => ((await outcome).Change, (await outcome).Job!.Status);

    private sealed record Step
    {
        public string Detail { get; init; } = "";
    }

    public sealed class OnSqlite() : SteeringJobs(Engine.Sqlite);

    public sealed class OnPostgres() : SteeringJobs(Engine.Postgres);
}
