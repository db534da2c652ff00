using MyTradeX.EndToEnd.Tests.Crashes;
using MyTradeX.EndToEnd.Tests.Mail;
using MyTradeX.Store.Tests;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Jobs;

/// <summary>The real server, ended by SIGKILL while it works behind the scenes.</summary>
public sealed class KillingAServerAtWork
{
    const int PerKill = 30;

    [Fact]
    public Task every_job_that_was_answered_for_is_done_and_none_is_lost() => KillAndCountAsync([]);

    /// <summary>In a database of its own: there a dead server's jobs wait for the end of its lease.</summary>
    [Fact]
    public async Task on_postgresql_every_job_is_done_once_the_dead_servers_leases_have_run_out()
    {
        var cluster = await PostgresCluster.GetAsync();
        await using var scratch = await PostgresScratch.CreateAsync(cluster.ConnectionString, TestContext.Current.CancellationToken);
        await KillAndCountAsync(new() { ["ConnectionStrings__Store"] = scratch.ConnectionString, ["Jobs__LeaseSeconds"] = "3" });
    }

    static async Task KillAndCountAsync(Dictionary<string, string> settings)
    {
        var kills = ShortDrill.KillsOr(4);
        var random = new Random(ShortDrill.Seed);
        var folder = Directory.CreateTempSubdirectory("mytradex-jobs-");
        // Slow enough for every kill to find mails half sent.
        await using var mail = await MailServer.StartAsync(new() { ["SLOW_MS"] = "40" });
        await using var server = new ServerProcess(folder.FullName, environment: new(settings)
        {
            ["Mail__Host"] = "127.0.0.1", ["Mail__Port"] = $"{mail.Port}", ["Mail__StartTls"] = "false", ["Jobs__CompletedKept"] = "100000",
        });
        await server.StartAsync();
        var admin = await server.LoginAsync("admin@example.com");
        var user = (await server.SendAsync(HttpMethod.Get, "auth/me", token: admin)).Expect(200)["id"]!.GetValue<string>();

        var jobs = new Dictionary<string, string>();
        for (var kill = 1; kill <= kills; kill++)
        {
            using var answered = new SemaphoreSlim(0);
            var asking = AskAsync(server, admin, user, kill, jobs, answered);
            for (var wanted = random.Next(8, PerKill); wanted > 0; wanted--) Assert.True(await answered.WaitAsync(TimeSpan.FromSeconds(30)));
            await Task.Delay(random.Next(60));
            await server.KillAsync();
            await asking;
            await server.StartAsync();
        }

        var done = new Dictionary<string, int>();
        foreach (var (title, id) in jobs)
        {
            await mail.GetAsync(got => got.Subject == title);
            done[id] = await InterruptionsUntilDoneAsync(server, admin, id);
        }
        var copies = mail.Mails.Where(got => jobs.ContainsKey(got.Subject)).GroupBy(got => got.Subject).ToList();
        Assert.Equal(jobs.Count, copies.Count);
        Assert.All(copies, copy => Assert.Single(copy.Select(got => got.MessageId).Distinct()));
        Assert.All(copies, copy => Assert.True(copy.Count() <= 1 + done[jobs[copy.Key]], $"{copy.Key} came {copy.Count()} times and was interrupted {done[jobs[copy.Key]]} times"));
        Assert.Equal(jobs.Count, copies.Select(copy => copy.First().MessageId).Distinct().Count());
        Assert.True(done.Values.Sum() > 0, "no kill met a running job");
        TestContext.Current.SendDiagnosticMessage(
            $"seed {ShortDrill.Seed}: {kills} kills, {jobs.Count} jobs answered for, {done.Values.Sum()} tries interrupted, {copies.Sum(copy => copy.Count())} mails for {copies.Count} jobs");
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    static async Task AskAsync(ServerProcess server, string admin, string userId, int kill, Dictionary<string, string> jobs, SemaphoreSlim answered)
    {
        for (var i = 1; i <= PerKill; i++)
        {
            var title = $"mail {kill}-{i}";
            try
            {
                jobs[title] = (await server.SendAsync(HttpMethod.Post, "admin/notifications", new { userId, title, message = "x" }, admin)).Expect(201)["id"]!.GetValue<string>();
                answered.Release();
            }
            catch (HttpRequestException)
            {
                // Nothing was promised.
                return;
            }
        }
    }

    static async Task<int> InterruptionsUntilDoneAsync(ServerProcess server, string admin, string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var job = (await server.SendAsync(HttpMethod.Get, $"admin/jobs/{id}", token: admin)).Expect(200);
            if (job["status"]!.GetValue<string>() == "COMPLETED")
            {
                Assert.Equal(1, job["attempts"]!.GetValue<int>());
                return job["interruptions"]!.GetValue<int>();
            }
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
