using Xunit;

namespace MyTradeX.Store.Tests.Identity;

public abstract class IdempotencyKeys(Engine engine) : StoreTests(engine)
{
    private static readonly byte[] Key = [1, 2, 3];
    private static readonly byte[] Request = [4, 5, 6];

    private IdempotencyStore Store => new(Database);

    private async Task<ReservationStatus> ReserveAsync(long userId = 1, byte[]? request = null, long at = Now) =>
        (await Store.ReserveAsync(userId, Key, request ?? Request, at, Cancel)).Status;

    [Fact]
    public async Task the_first_request_gets_the_key_and_its_repeat_waits_then_gets_the_answer()
    {
        Assert.Equal(ReservationStatus.Reserved, await ReserveAsync());
        Assert.Equal(ReservationStatus.InProgress, await ReserveAsync());
        await Store.CompleteAsync(1, Key, new StoredAnswer(201, "/users/user-9", [1, 0, 255]), Cancel);

        var repeat = await Store.ReserveAsync(1, Key, Request, Now, Cancel);

        Assert.Equal(ReservationStatus.Completed, repeat.Status);
        Assert.Equal((201, "/users/user-9"), (repeat.Answer!.Status, repeat.Answer.Location));
        Assert.Equal([1, 0, 255], repeat.Answer.Body);
    }

    [Fact]
    public async Task another_request_with_the_key_is_a_conflict_at_work_or_done()
    {
        await ReserveAsync();
        Assert.Equal(ReservationStatus.Conflict, await ReserveAsync(request: [9]));
        await Store.CompleteAsync(1, Key, new StoredAnswer(200, null, []), Cancel);
        Assert.Equal(ReservationStatus.Conflict, await ReserveAsync(request: [9]));
    }

    [Fact]
    public async Task a_key_belongs_to_its_user()
    {
        await ReserveAsync(userId: 1);
        Assert.Equal(ReservationStatus.Reserved, await ReserveAsync(userId: 2));
    }

    [Fact]
    public async Task of_many_at_once_one_gets_the_key()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ReserveAsync())));

        Assert.Equal(1, outcomes.Count(outcome => outcome == ReservationStatus.Reserved));
        Assert.Equal(7, outcomes.Count(outcome => outcome == ReservationStatus.InProgress));
    }

    [Fact]
    public async Task a_released_key_may_be_had_again_and_a_completed_one_may_not()
    {
        await ReserveAsync();
        await Store.ReleaseAsync(1, Key, Cancel);
        Assert.Equal(ReservationStatus.Reserved, await ReserveAsync());
        await Store.CompleteAsync(1, Key, new StoredAnswer(200, null, []), Cancel);
        await Store.ReleaseAsync(1, Key, Cancel);
        Assert.Equal(ReservationStatus.Completed, await ReserveAsync());
    }

    [Fact]
    public async Task an_abandoned_reservation_is_taken_over_by_its_own_request_alone()
    {
        await ReserveAsync();
        Assert.Equal(ReservationStatus.InProgress, await ReserveAsync(at: Now + IdempotencyStore.AbandonedAfterMicros - 1));
        Assert.Equal(ReservationStatus.Conflict, await ReserveAsync(request: [9], at: Now + IdempotencyStore.AbandonedAfterMicros));
        Assert.Equal(ReservationStatus.Reserved, await ReserveAsync(at: Now + IdempotencyStore.AbandonedAfterMicros));
        Assert.Equal(ReservationStatus.InProgress, await ReserveAsync(at: Now + IdempotencyStore.AbandonedAfterMicros + 1));
    }

    [Fact]
    public async Task an_answer_may_have_64_KiB_and_no_more()
    {
        await ReserveAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CompleteAsync(1, Key, new StoredAnswer(200, null, new byte[65_537]), Cancel));
        await Store.CompleteAsync(1, Key, new StoredAnswer(200, null, new byte[65_536]), Cancel);
        Assert.Equal(65_536, (await Store.ReserveAsync(1, Key, Request, Now, Cancel)).Answer!.Body.Length);
    }

    [Fact]
    public async Task purging_takes_old_keys_in_bounded_steps()
    {
        for (byte i = 0; i < 5; i++)
            await Store.ReserveAsync(1, [i], Request, Now + i, Cancel);

        Assert.Equal(3, await Store.PurgeAsync(Now + 4, 3, Cancel));
        Assert.Equal(1, await Store.PurgeAsync(Now + 4, 3, Cancel));
        Assert.Equal(ReservationStatus.InProgress, (await Store.ReserveAsync(1, [4], Request, Now + 5, Cancel)).Status);
    }

    public sealed class OnSqlite() : IdempotencyKeys(Engine.Sqlite);

    public sealed class OnPostgres() : IdempotencyKeys(Engine.Postgres);
}
