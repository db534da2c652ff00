using MyTradeX.Store.Tests.History;
using Xunit;

namespace MyTradeX.Store.Tests.Webhooks;

public abstract class TellingUsers(Engine engine) : HistoryTests(engine)
{
    private static readonly WebhookPatience Patience = new(FailuresMax: 3, FailingMaxUs: 60 * Minute);

    private WebhookStore Store => new(Database);

    [Fact]
    public async Task a_user_has_no_more_than_they_may_however_many_ask_at_once()
    {
        var user = await UserAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.AddAsync(Hook(user), 3, Cancel)));

        Assert.Equal(3, made.Count(hook => hook is { HasOwner: true, Added: not null }));
        Assert.Equal(3, (await Store.ListAsync(user, Cancel)).Count);
        Assert.Equal([user], await Store.ListOwnersAsync(Cancel));
    }

    [Fact]
    public async Task whoever_is_gone_gets_none()
    {
        Assert.Equal((false, null), await Store.AddAsync(Hook(await UserAsync() + 1), 3, Cancel));
    }

    [Fact]
    public async Task what_happened_becomes_a_message_to_whoever_asked_for_it_once()
    {
        var user = await UserAsync();
        var hook = (await Store.AddAsync(Hook(user), 20, Cancel)).Added!;
        await Store.AddAsync(Hook(user) with { Events = "order.cancelled" }, 20, Cancel);
        await Store.AddAsync(Hook(user) with { Active = false }, 20, Cancel);
        await Store.AddAsync(Hook(user) with { AfterSequence = 7 }, 20, Cancel);
        Write(Told(user, 7, 2), Told(user, 7, 3) with { EventType = "order.expired" }, Told(user + 1, 7, 2));

        Assert.Equal(3, await RelayAsync());
        Assert.Equal(0, await RelayAsync());
        // The same again, as after a crash of somebody who had forgotten.
        Write(Told(user, 7, 2));
        Assert.Equal(1, await RelayAsync());

        var page = await Store.ListDeliveriesAsync(hook.Id, DeliveryStatuses.Pending, 1, 10, Cancel);
        var message = Assert.Single(page.Items);
        Assert.Equal(("msg_7_2", "order.filled", "body of order.filled", 0L), (message.MessageId, message.EventType, message.Body, message.Attempts));
        Assert.Equal(1, await QueryAsync<long>("SELECT COUNT(*) FROM webhook_deliveries"));
        Assert.Equal(1, await QueryAsync<long>("SELECT COUNT(*) FROM jobs"));
    }

    [Fact]
    public async Task a_webhook_is_told_what_came_after_it_whatever_the_clock_said_when_it_was_made()
    {
        var user = await UserAsync();
        var hook = (await Store.AddAsync(Hook(user) with { AfterSequence = 7, CreatedAt = Now + 60 * Minute }, 20, Cancel)).Added!;
        Write(Told(user, 7, 2), Told(user, 8, 0));

        Assert.Equal(2, await RelayAsync());

        Assert.Equal("msg_8_0", Assert.Single((await Store.ListDeliveriesAsync(hook.Id, DeliveryStatuses.Pending, 1, 10, Cancel)).Items).MessageId);
    }

    [Fact]
    public async Task failures_in_a_row_switch_off_with_a_notice_and_a_success_between_begins_anew()
    {
        var hook = (await Store.AddAsync(Hook(await UserAsync()), 20, Cancel)).Added!;

        foreach (var status in (string[])[DeliveryStatuses.Failed, DeliveryStatuses.Failed, DeliveryStatuses.Delivered, DeliveryStatuses.Failed, DeliveryStatuses.Failed])
            Assert.False(await TryAsync(await SendAsync(hook), status, Now));
        Assert.True(await TryAsync(await SendAsync(hook), DeliveryStatuses.Failed, Now));

        var off = (await Store.GetAsync(hook.Id, Cancel))!;
        Assert.Equal((false, "3 deliveries in a row failed"), (off.Active, off.DisabledReason));
        Assert.Equal(1, await QueryAsync<long>("SELECT COUNT(*) FROM jobs WHERE kind = 'mail'"));
        var on = (await Store.UpdateAsync(off with { Active = true }, Now, Cancel))!;
        Assert.Equal((true, null, 0L, null), (on.Active, on.DisabledReason, on.Failures, on.FailingSince));
    }

    [Fact]
    public async Task so_does_failing_for_too_long()
    {
        var hook = (await Store.AddAsync(Hook(await UserAsync()), 20, Cancel)).Added!;
        var delivery = await SendAsync(hook);

        Assert.False(await TryAsync(delivery, DeliveryStatuses.Pending, Now));
        Assert.False(await TryAsync(delivery, DeliveryStatuses.Pending, Now + 59 * Minute));
        Assert.True(await TryAsync(delivery, DeliveryStatuses.Pending, Now + 60 * Minute));
    }

    [Fact]
    public async Task a_delivery_that_has_ended_can_be_made_again_and_keeps_its_id()
    {
        var hook = (await Store.AddAsync(Hook(await UserAsync()), 20, Cancel)).Added!;
        var delivery = await SendAsync(hook);

        Assert.Null(await Store.RedeliverAsync(delivery.Id, JobOf(delivery.Id), Now, Cancel));
        await TryAsync(delivery, DeliveryStatuses.Delivered, Now);
        var again = await Store.RedeliverAsync(delivery.Id, JobOf(delivery.Id), Now, Cancel);

        Assert.Equal((delivery.MessageId, DeliveryStatuses.Pending, 1L), (again!.MessageId, again.Status, again.Attempts));
        Assert.Equal(2, await QueryAsync<long>("SELECT COUNT(*) FROM jobs WHERE kind = 'webhook'"));
    }

    [Fact]
    public async Task the_secret_before_is_kept_and_deleting_takes_all_with_it()
    {
        var hook = (await Store.AddAsync(Hook(await UserAsync()), 20, Cancel)).Added!;
        await SendAsync(hook);

        var rotated = (await Store.RotateAsync(hook.Id, [9], Now + Minute, Now, Cancel))!;

        Assert.Equal([9], rotated.Secret);
        Assert.Equal([1, 2], rotated.PreviousSecret!);
        Assert.True(await Store.DeleteAsync(hook.Id, Cancel));
        Assert.False(await Store.DeleteAsync(hook.Id, Cancel));
        Assert.Equal(0, await QueryAsync<long>("SELECT COUNT(*) FROM webhook_deliveries"));
        // Whoever was about to tell it finds it gone, and leaves no job behind.
        Assert.Null(await TrySendAsync(hook));
        Assert.Equal(1, await QueryAsync<long>("SELECT COUNT(*) FROM jobs WHERE kind = 'webhook'"));
    }

    [Fact]
    public async Task old_deliveries_that_have_ended_go()
    {
        var hook = (await Store.AddAsync(Hook(await UserAsync()), 20, Cancel)).Added!;
        await TryAsync(await SendAsync(hook), DeliveryStatuses.Delivered, Now);
        await SendAsync(hook);

        Assert.Equal(1, await Store.PurgeAsync(Now + 1, cancellation: Cancel));
        Assert.Equal(0, await Store.PurgeAsync(Now + 1, cancellation: Cancel));
    }

    private async Task<WebhookDeliveryRow> SendAsync(WebhookRow hook) => (await TrySendAsync(hook))!;

    private Task<WebhookDeliveryRow?> TrySendAsync(WebhookRow hook) =>
        Store.SendAsync(new() { WebhookId = hook.Id, MessageId = "msg_" + Guid.NewGuid().ToString("N"), EventType = "x", Body = "{}", CreatedAt = Now }, JobOf, Cancel);

    private Task<bool> TryAsync(WebhookDeliveryRow delivery, string status, long at) => Store.RecordAsync(
        delivery, new() { At = at, DurationUs = 5, Status = status, ResponseStatus = 200 }, Patience, null, _ => new NewJob("mail", "{}"), Cancel);

    private Task<int> RelayAsync() => Store.RelayAsync(10, one => "body of " + one.EventType, JobOf, Now, Cancel);

    private async Task<long> UserAsync() =>
        (await new UserStore(Database).CreateAsync(new() { Email = "ann@example.com", PasswordHash = "hash", Name = "A", Role = "USER", Status = "ACTIVE" }, Now, Cancel)).User!.Id;

    private static NewJob JobOf(long delivery) => new("webhook", $$"""{"id":{{delivery}}}""");

    private static WebhookRow Hook(long user) => new() { UserId = user, Url = "https://example.com/", Events = "order.filled order.accepted", Active = true, Secret = [1, 2], CreatedAt = Now - Minute };

    private static AnnouncementRow Told(long user, long sequence, long index) =>
        new() { Sequence = sequence, Idx = index, UserId = user, EventType = "order.filled", Payload = "{}", OccurredAt = Now };

    public sealed class OnSqlite() : TellingUsers(Engine.Sqlite);

    public sealed class OnPostgres() : TellingUsers(Engine.Postgres);
}
