using System.Net;
using MyTradeX.Server.Features.Jobs;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Store;
using Xunit;

namespace MyTradeX.Server.Tests.Jobs;

public sealed class SteeringJobs(WorkingServer server) : IClassFixture<WorkingServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    DateTimeOffset Tomorrow => server.Clock.GetUtcNow().AddDays(1);

    [Fact]
    public async Task shows_a_job_whole_and_finds_it_by_state_and_kind()
    {
        using var admin = await server.AdminAsync();
        var runAt = Tomorrow;
        var id = await server.EnqueueAsync("look at me", runAt, "once-only");

        var job = await (await admin.GetAsync(WorkingServer.PathOf(id), Cancellation)).DataAsync();
        Assert.Equal((Ids.Job(id), "test", "QUEUED", 0, "once-only"), ((string?)job["id"], (string?)job["kind"], (string?)job["status"], (int)job["attempts"]!, (string?)job["uniqueKey"]));
        Assert.Equal("look at me", (string?)job["payload"]!["do"]);
        Assert.Equal(runAt.UtcDateTime, (DateTime)job["runAt"]!, TimeSpan.FromMilliseconds(1));

        async Task<IEnumerable<string?>> ListAsync(string query) =>
            (await (await admin.GetAsync("/api/v1/admin/jobs" + query, Cancellation)).DataAsync()).AsArray().Select(entry => (string?)entry!["id"]);
        Assert.Contains(Ids.Job(id), await ListAsync("?status=QUEUED&kind=test"));
        Assert.DoesNotContain(Ids.Job(id), await ListAsync("?status=FAILED"));
        Assert.Empty(await ListAsync("?kind=other"));
    }

    [Fact]
    public async Task lists_page_both_ways()
    {
        using var admin = await server.AdminAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(Ids.Job(await server.EnqueueAsync(runAt: Tomorrow)));
        ids.Reverse();

        var second = await (await admin.GetAsync("/api/v1/admin/jobs?page=2&size=2", Cancellation)).JsonAsync();
        Assert.Equal(ids[2..4], second["data"]!.AsArray().Select(job => (string)job!["id"]!));
        var first = await (await admin.GetAsync("/api/v1/admin/jobs?size=3&cursor=", Cancellation)).JsonAsync();
        var next = await (await admin.GetAsync((string)first["links"]!["next"]!, Cancellation)).JsonAsync();
        Assert.Equal(ids, first["data"]!.AsArray().Concat(next["data"]!.AsArray()).Take(5).Select(job => (string)job!["id"]!));
    }

    [Fact]
    public async Task a_waiting_job_is_cancelled_and_then_tried_again()
    {
        using var admin = await server.AdminAsync();
        var id = await server.EnqueueAsync(runAt: Tomorrow);

        var cancelled = await (await admin.PostAsync($"{WorkingServer.PathOf(id)}/cancel", null, Cancellation)).DataAsync();
        Assert.Equal("CANCELLED", (string?)cancelled["status"]);
        await (await admin.PostAsync($"{WorkingServer.PathOf(id)}/cancel", null, Cancellation)).ErrorAsync(HttpStatusCode.Conflict, "JOB_STATE_CONFLICT");
        var retried = await (await admin.PostAsync($"{WorkingServer.PathOf(id)}/retry", null, Cancellation)).DataAsync();
        Assert.Equal("QUEUED", (string?)retried["status"]);

        (await server.NextTryAsync()).Succeed();
        await server.UntilAsync(id, JobStatuses.Completed);
    }

    [Fact]
    public async Task a_running_job_that_is_cancelled_is_broken_off()
    {
        using var admin = await server.AdminAsync();
        var id = await server.EnqueueAsync();
        var run = await server.NextTryAsync();

        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync($"{WorkingServer.PathOf(id)}/cancel", null, Cancellation)).StatusCode);

        Assert.True(run.Cancellation.IsCancellationRequested);
        Assert.Equal(JobStatuses.Cancelled, (await server.Store.GetAsync(id, Cancellation))!.Status);
    }

    [Fact]
    public async Task a_dead_letter_is_tried_again_with_all_its_tries()
    {
        using var admin = await server.AdminAsync();
        var id = await server.EnqueueAsync();
        (await server.NextTryAsync()).Fail(new JobRejectedException("no"));
        await server.UntilAsync(id, JobStatuses.Failed);

        await (await admin.PostAsync($"{WorkingServer.PathOf(id)}/retry", null, Cancellation)).DataAsync();

        var again = await server.NextTryAsync();
        Assert.Equal((1, false), (again.Run.Attempt, again.Run.IsLast));
        await (await admin.PostAsync($"{WorkingServer.PathOf(id)}/retry", null, Cancellation)).ErrorAsync(HttpStatusCode.Conflict, "JOB_STATE_CONFLICT");
        again.Succeed();
        await server.UntilAsync(id, JobStatuses.Completed);
    }

    [Theory]
    [InlineData("job-999999999")]
    [InlineData("job-0")]
    [InlineData("order-1")]
    public async Task what_is_not_there_is_not_found(string id)
    {
        using var admin = await server.AdminAsync();
        await (await admin.GetAsync($"/api/v1/admin/jobs/{id}", Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "JOB_NOT_FOUND");
        await (await admin.PostAsync($"/api/v1/admin/jobs/{id}/retry", null, Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "JOB_NOT_FOUND");
        await (await admin.PostAsync($"/api/v1/admin/jobs/{id}/cancel", null, Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "JOB_NOT_FOUND");
    }

    [Fact]
    public async Task is_for_administrators()
    {
        var id = await server.EnqueueAsync(runAt: Tomorrow);
        using var trader = await server.SignedInAsync();
        foreach (var path in new[] { "/api/v1/admin/jobs", WorkingServer.PathOf(id) })
            Assert.Equal(HttpStatusCode.Forbidden, (await trader.GetAsync(path, Cancellation)).StatusCode);
        foreach (var path in new[] { "retry", "cancel" })
            Assert.Equal(HttpStatusCode.Forbidden, (await trader.PostAsync($"{WorkingServer.PathOf(id)}/{path}", null, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task health_tells_how_many_wait_and_what_is_overdue()
    {
        await using var idle = new WorkingServer("--Jobs:Concurrency", "1");
        await idle.InitializeAsync();
        using var client = idle.Client();
        await idle.EnqueueAsync();
        var running = await idle.NextTryAsync();
        await idle.EnqueueAsync();

        var busy = (await (await client.GetAsync("/health", Cancellation)).JsonAsync())["checks"]!["jobs"]!;
        Assert.Equal(("ok", "1 queued, 1 running, 0 given up"), ((string?)busy["status"], (string?)busy["description"]));
        idle.Clock.Advance(TimeSpan.FromMinutes(6));
        var late = (await (await client.GetAsync("/health", Cancellation)).JsonAsync())["checks"]!["jobs"]!;
        Assert.Equal("degraded", (string?)late["status"]);
        Assert.EndsWith("overdue by more than 5 minutes: test", (string?)late["description"]);

        running.Succeed();
        (await idle.NextTryAsync()).Succeed();
    }
}
