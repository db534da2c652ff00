using Xunit;

namespace MyTradeX.Store.Tests.Jobs;

public abstract class WorkingOnJobs(Engine engine) : JobTests(engine)
{
    [Fact]
    public async Task a_job_is_claimed_done_and_kept_as_completed()
    {
        var id = await EnqueueAsync();

        var claimed = await ClaimOneAsync(now: Now + Second);
        Assert.Equal((id, "mail", """{"to":"ann"}""", JobStatuses.Running, 1L, Me), (claimed.Id, claimed.Kind, claimed.Payload, claimed.Status, claimed.Attempts, claimed.Owner));
        Assert.True(await Jobs.CompleteAsync(claimed, Now + (2 * Second), kept: 100, Cancel));

        var row = await RowAsync(id);
        Assert.Equal((JobStatuses.Completed, 1L, Now, Now + Second, Now + (2 * Second)), (row.Status, row.Attempts, row.CreatedAt, row.StartedAt, row.FinishedAt));
        Assert.Null(row.Owner);
        Assert.Empty(await ClaimAsync(now: Now + Minute));
    }

    [Fact]
    public async Task the_longest_due_comes_first_whatever_was_enqueued_first()
    {
        var later = await EnqueueAsync(runAt: Now + 3);
        var first = await EnqueueAsync(runAt: Now + 1);
        var notYet = await EnqueueAsync(runAt: Now + 4);
        var second = await EnqueueAsync(runAt: Now + 1);

        Assert.Equal([first, second], (await ClaimAsync(now: Now + 3, max: 2)).Select(job => job.Id));
        Assert.Equal([later], (await ClaimAsync(now: Now + 3)).Select(job => job.Id));
        Assert.Equal(Now + 4, await Jobs.NextDueAsync("mail", Cancel));
        Assert.Equal([notYet], (await ClaimAsync(now: Now + 4)).Select(job => job.Id));
        Assert.Null(await Jobs.NextDueAsync("mail", Cancel));
    }

    [Fact]
    public async Task a_kind_is_claimed_for_itself()
    {
        await EnqueueAsync("mail");
        var hook = await EnqueueAsync("webhook");

        Assert.Equal(hook, Assert.Single(await ClaimAsync("webhook")).Id);
        Assert.Single(await ClaimAsync("mail"));
    }

    [Fact]
    public async Task of_many_workers_at_once_each_job_goes_to_one()
    {
        for (var i = 0; i < 40; i++)
            await EnqueueAsync();

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var mine = new List<long>();
            while (await ClaimAsync(owner: $"worker {worker}", max: 3) is { Count: > 0 } some)
                mine.AddRange(some.Select(job => job.Id));
            return mine;
        })));
        // PostgreSQL's workers pass over what another is about to take; a last look finds what all passed over.
        var ids = claims.SelectMany(mine => mine).Concat((await ClaimAsync(max: 40)).Select(job => job.Id)).ToList();

        Assert.Equal(40, ids.Count);
        Assert.Equal(40, ids.Distinct().Count());
    }

    [Fact]
    public async Task a_failed_try_waits_for_its_next_time_and_counts()
    {
        var id = await EnqueueAsync();
        Assert.True(await Jobs.TryLaterAsync(await ClaimOneAsync(), "no answer", Now + (2 * Second), Cancel));

        Assert.Empty(await ClaimAsync(now: Now + (2 * Second) - 1));
        var again = await ClaimOneAsync(now: Now + (2 * Second));

        Assert.Equal((id, 2L, "no answer"), (again.Id, again.AttemptsNow, again.Error));
    }

    [Fact]
    public async Task what_is_given_up_is_a_dead_letter_that_may_be_tried_again_afresh()
    {
        var id = await EnqueueAsync();
        await Jobs.GiveUpAsync(await ClaimOneAsync(), "no such mailbox", Now, kept: 500, Cancel);
        Assert.Equal((JobStatuses.Failed, "no such mailbox", Now), ((await RowAsync(id)).Status, (await RowAsync(id)).Error, (await RowAsync(id)).FinishedAt));
        Assert.Empty(await ClaimAsync(now: Now + Minute));

        var retried = await Jobs.RetryAsync(id, Now + Minute, Cancel);
        Assert.Equal((JobChange.Done, JobStatuses.Queued, Now + Minute, null), (retried.Change, retried.Job!.Status, retried.Job.DueAt, retried.Job.FinishedAt));
        var again = await ClaimOneAsync(now: Now + Minute);

        Assert.Equal((2L, 1L), (again.Attempts, again.AttemptsNow));
    }

    [Fact]
    public async Task finished_jobs_are_kept_by_number_and_kind()
    {
        var other = await EnqueueAsync("webhook");
        await Jobs.CompleteAsync((await ClaimAsync("webhook")).Single(), Now, kept: 3, Cancel);
        var dead = await EnqueueAsync();
        await Jobs.GiveUpAsync(await ClaimOneAsync(), "x", Now, kept: 3, Cancel);
        var ids = new List<long>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add(await EnqueueAsync());
            await Jobs.CompleteAsync(await ClaimOneAsync(), Now + i, kept: 3, Cancel);
        }

        var kept = (await Jobs.ListAsync(new JobQuery(), 1, 100, Cancel)).Items.Select(job => job.Id).Order();

        Assert.Equal([other, dead, .. ids[3..]], kept);
    }

    [Fact]
    public async Task a_report_after_the_claim_was_lost_does_not_count()
    {
        var id = await EnqueueAsync();
        var lost = await ClaimOneAsync();
        Assert.Single(await Jobs.TakeBackAsync(Other, Now + Lease, isAlone: false, 20, Cancel));
        Assert.False(await Jobs.CompleteAsync(lost, Now, 100, Cancel));

        // The same worker claims it again; what it says about the first claim is still nothing.
        var held = await ClaimOneAsync(now: Now + Lease);
        Assert.False(await Jobs.CompleteAsync(lost, Now, 100, Cancel));
        Assert.False(await Jobs.TryLaterAsync(lost, "x", Now, Cancel));
        Assert.False(await Jobs.GiveUpAsync(lost, "x", Now, 500, Cancel));
        Assert.Equal(JobStatuses.Running, (await RowAsync(id)).Status);
        Assert.True(await Jobs.CompleteAsync(held, Now, 100, Cancel));
    }

    [Fact]
    public async Task a_lease_that_is_renewed_holds_and_one_that_runs_out_frees_the_job_without_a_try_lost()
    {
        var id = await EnqueueAsync();
        var claimed = await ClaimOneAsync();
        Assert.Equal([claimed.Claim], await Jobs.RenewAsync(Me, [id, 999], Now + (2 * Lease), Cancel));
        Assert.Empty(await Jobs.TakeBackAsync(Other, Now + Lease, isAlone: false, 20, Cancel));
        Assert.Empty(await Jobs.TakeBackAsync(Me, Now + Lease, isAlone: true, 20, Cancel));

        Assert.Single(await Jobs.TakeBackAsync(Other, Now + (2 * Lease), isAlone: false, 20, Cancel));

        Assert.Empty(await Jobs.RenewAsync(Me, [id], Now + (4 * Lease), Cancel));
        var again = await ClaimOneAsync(Other, Now + (2 * Lease));
        Assert.Equal((id, 1L, 1L), (again.Id, again.AttemptsNow, again.Interruptions));
    }

    [Fact]
    public async Task a_claim_that_its_worker_never_heard_of_runs_out_even_for_that_worker()
    {
        var id = await EnqueueAsync();
        await ClaimOneAsync();
        Assert.Empty(await Jobs.RenewAsync(Me, [], Now + (2 * Lease), Cancel));

        Assert.Equal(id, Assert.Single(await Jobs.TakeBackAsync(Me, Now + Lease, isAlone: false, 20, Cancel)).Id);
    }

    [Fact]
    public async Task where_nobody_else_can_be_alive_claims_of_others_are_taken_back_at_once()
    {
        await EnqueueAsync();
        await ClaimOneAsync("a worker that was killed");

        Assert.Single(await Jobs.TakeBackAsync(Me, Now, isAlone: true, 20, Cancel));
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task a_job_whose_server_dies_every_time_is_given_up()
    {
        var id = await EnqueueAsync();
        for (var death = 1; death <= 3; death++)
        {
            await ClaimOneAsync("victim");
            await Jobs.TakeBackAsync(Me, Now, isAlone: true, 3, Cancel);
        }

        var row = await RowAsync(id);
        Assert.Equal((JobStatuses.Failed, 0L, 3L, Now), (row.Status, row.Attempts, row.Interruptions, row.FinishedAt));
        Assert.Contains("each of the 3 times", row.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_worker_that_stops_gives_back_what_it_could_not_end()
    {
        await EnqueueAsync();
        await EnqueueAsync();
        await ClaimOneAsync();
        await ClaimOneAsync(Other);

        Assert.Equal(1, await Jobs.GiveBackAsync(Me, Cancel));

        Assert.Equal((0L, 1L), (await ClaimAsync(max: 1)).Select(job => (job.AttemptsNow - 1, job.Interruptions)).Single());
        Assert.Empty(await ClaimAsync());
    }

    public sealed class OnSqlite() : WorkingOnJobs(Engine.Sqlite);

    public sealed class OnPostgres() : WorkingOnJobs(Engine.Postgres);
}
