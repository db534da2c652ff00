namespace MyTradeX.Store.Tests.Jobs;

/// <summary>A database with a queue.</summary>
public abstract class JobTests(Engine engine) : StoreTests(engine)
{
    protected const string Me = "worker 1", Other = "worker 2";
    protected const long Lease = 30 * Second;

    protected JobStore Jobs => new(Database);

    protected async Task<long> EnqueueAsync(string kind = "mail", long? runAt = null, string? key = null, long now = Now) =>
        (await Jobs.EnqueueAsync(new NewJob(kind, """{"to":"ann"}""") { RunAt = runAt, UniqueKey = key }, now, Cancel)).Id;

    protected Task<List<JobRow>> ClaimAsync(string kind = "mail", string owner = Me, long now = Now, int max = 10) =>
        Jobs.ClaimAsync(kind, owner, now, now + Lease, max, Cancel);

    protected async Task<JobRow> ClaimOneAsync(string owner = Me, long now = Now) => (await ClaimAsync(owner: owner, now: now, max: 1)).Single();

    protected async Task<JobRow> RowAsync(long id) => (await Jobs.GetAsync(id, Cancel))!;
}
