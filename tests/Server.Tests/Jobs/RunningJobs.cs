using MyTradeX.Server.Features.Jobs;
using MyTradeX.Store;
using Xunit;

namespace MyTradeX.Server.Tests.Jobs;

public sealed class RunningJobs(WorkingServer server) : IClassFixture<WorkingServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_job_is_done_with_what_it_was_told()
    {
        var id = await server.EnqueueAsync("this");

        var run = await server.NextTryAsync();
        Assert.Equal(("this", id, 1, false), (run.Payload.Do, run.Run.Id, run.Run.Attempt, run.Run.IsLast));
        Assert.Equal(JobStatuses.Running, (await server.Store.GetAsync(id, Cancellation))!.Status);
        run.Succeed();

        await server.UntilAsync(id, JobStatuses.Completed);
    }

    [Fact]
    public async Task three_tries_two_and_four_seconds_apart_make_a_dead_letter()
    {
        var id = await server.EnqueueAsync();
        foreach (var (attempt, waitSeconds) in new[] { (1, 2), (2, 4) })
        {
            var run = await server.NextTryAsync();
            Assert.Equal((attempt, false), (run.Run.Attempt, run.Run.IsLast));
            run.Fail(new IOException($"failure {attempt}"));
            var waiting = await server.UntilAsync(id, JobStatuses.Queued);
            Assert.InRange(waiting.DueAt - waiting.StartedAt!.Value, waitSeconds * 1_000_000L, (waitSeconds * 1_000_000L) + 5_000_000L);
            Assert.Contains($"failure {attempt}", waiting.Error);
            server.Clock.Advance(TimeSpan.FromSeconds(waitSeconds));
        }
        var last = await server.NextTryAsync();
        Assert.True(last.Run.IsLast);
        last.Fail(new IOException("failure 3"));

        var dead = await server.UntilAsync(id, JobStatuses.Failed);
        Assert.Contains("failure 3", dead.Error);
        Assert.Equal(3, dead.Attempts);
    }

    [Fact]
    public async Task a_rejected_job_is_not_tried_again()
    {
        var id = await server.EnqueueAsync();
        (await server.NextTryAsync()).Fail(new JobRejectedException("there is no such mailbox"));

        Assert.Equal(1, (await server.UntilAsync(id, JobStatuses.Failed)).Attempts);
    }

    [Fact]
    public async Task a_payload_of_another_form_is_rejected()
    {
        var id = (await server.Store.EnqueueAsync(new("test", "[1]"), 0, Cancellation)).Id;

        Assert.Contains("payload cannot be read", (await server.UntilAsync(id, JobStatuses.Failed)).Error);
    }

    [Fact]
    public async Task five_run_at_a_time_and_the_others_wait()
    {
        var ids = new List<long>();
        for (var i = 0; i < 7; i++)
            ids.Add(await server.EnqueueAsync($"{i}"));
        var running = new List<WorkingServer.Try>();
        for (var i = 0; i < 5; i++)
            running.Add(await server.NextTryAsync());

        Assert.Equal(["0", "1", "2", "3", "4"], running.Select(run => run.Payload.Do).Order());
        Assert.Equal([JobStatuses.Queued, JobStatuses.Queued], (await Task.WhenAll(ids[5..].Select(id => server.Store.GetAsync(id, Cancellation)))).Select(job => job!.Status));
        Assert.False(server.HasTry);
        running[2].Succeed();
        var sixth = await server.NextTryAsync();
        Assert.Equal("5", sixth.Payload.Do);

        foreach (var run in running.Where(run => run != running[2]).Append(sixth))
            run.Succeed();
        (await server.NextTryAsync()).Succeed();
        foreach (var id in ids)
            await server.UntilAsync(id, JobStatuses.Completed);
    }

    [Fact]
    public async Task a_job_for_later_waits_for_its_time()
    {
        var later = await server.EnqueueAsync("later", server.Clock.GetUtcNow().AddHours(1));
        var now = await server.EnqueueAsync("now");
        var first = await server.NextTryAsync();
        Assert.Equal("now", first.Payload.Do);
        first.Succeed();
        await server.UntilAsync(now, JobStatuses.Completed);
        Assert.Equal(JobStatuses.Queued, (await server.Store.GetAsync(later, Cancellation))!.Status);

        server.Clock.Advance(TimeSpan.FromHours(1));

        var second = await server.NextTryAsync();
        Assert.Equal("later", second.Payload.Do);
        second.Succeed();
        await server.UntilAsync(later, JobStatuses.Completed);
    }
}

public sealed class StoppingWhileJobsRun
{
    [Fact]
    public async Task what_runs_comes_to_its_end_first()
    {
        await using var server = new WorkingServer();
        await server.InitializeAsync();
        var id = await server.EnqueueAsync();
        var run = await server.NextTryAsync();

        var restarting = server.RestartAsync();
        var second = Task.Run(() => run.Outcome.TrySetResult(), TestContext.Current.CancellationToken);
        await Task.WhenAll(restarting, second);

        Assert.Equal(JobStatuses.Completed, (await server.UntilAsync(id, JobStatuses.Completed)).Status);
    }

    [Fact]
    public async Task what_does_not_end_in_time_goes_back_and_runs_again_without_a_try_lost()
    {
        await using var server = new WorkingServer("--shutdownTimeoutSeconds=2");
        await server.InitializeAsync();
        var id = await server.EnqueueAsync();
        var run = await server.NextTryAsync();

        await server.RestartAsync();

        Assert.True(run.Cancellation.IsCancellationRequested);
        var again = await server.NextTryAsync();
        Assert.Equal((id, 1), (again.Run.Id, again.Run.Attempt));
        again.Succeed();
        var done = await server.UntilAsync(id, JobStatuses.Completed);
        Assert.Equal((1L, 1L), (done.Attempts, done.Interruptions));
    }

    [Fact]
    public async Task a_try_that_takes_too_long_is_a_failed_one()
    {
        await using var server = new WorkingServer("--Jobs:TimeoutSeconds", "1", "--Jobs:Attempts", "1");
        await server.InitializeAsync();
        var id = await server.EnqueueAsync();

        var dead = await server.UntilAsync(id, JobStatuses.Failed);

        Assert.Contains("did not end within 1 seconds", dead.Error);
    }
}
