namespace MyTradeX.Store;

/// <summary>Webhooks and what was delivered to them. Every write is on disk when its method returns.</summary>
public sealed class WebhookStore(Database database)
{
    private static readonly Listing<WebhookDeliveryRow, TimeKey> Newest =
        new("SELECT * FROM webhook_deliveries", ["created_at", "id"], descending: true, row => new TimeKey(row.CreatedAt, row.Id), key => [key.Time, key.Id]);

    /// <summary>Stores a webhook unless its owner has as many as they may.</summary>
    /// <returns>The webhook; null when there are too many.</returns>
    public Task<(bool HasOwner, WebhookRow? Added)> AddAsync(WebhookRow webhook, int max, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return database.WriteAsync<(bool, WebhookRow?)>(
            async session =>
            {
                // The owner's row is the lock: two requests at once do not both see room for one.
                if (await session.FirstAsync<long?>($"SELECT id FROM users WHERE id = @UserId {database.Dialect.ForUpdate}", new { webhook.UserId }) is null)
                    return (false, null);
                if (await session.FirstAsync<long>("SELECT COUNT(*) FROM webhooks WHERE user_id = @UserId", new { webhook.UserId }) >= max)
                    return (true, null);
                return (true, await session.FirstAsync<WebhookRow>(
                    """
                    INSERT INTO webhooks (user_id, url, events, description, active, secret, failures, after_sequence, created_at, updated_at)
                    VALUES (@UserId, @Url, @Events, @Description, @Active, @Secret, 0, @AfterSequence, @CreatedAt, @CreatedAt)
                    RETURNING *
                    """,
                    webhook));
            },
            cancellation);
    }

    /// <summary>The webhook of this id, or null.</summary>
    public Task<WebhookRow?> GetAsync(long id, CancellationToken cancellation = default) => database.ReadAsync(session => FindAsync(session, id), cancellation);

    /// <summary>A user's webhooks, oldest first.</summary>
    public async Task<IReadOnlyList<WebhookRow>> ListAsync(long userId, CancellationToken cancellation = default) =>
        await database.ReadAsync(session => session.ListAsync<WebhookRow>("SELECT * FROM webhooks WHERE user_id = @userId ORDER BY id", new { userId }), cancellation);

    /// <summary>Stores what its owner wants changed: address, events, description and whether it is active. One that is switched on begins afresh.</summary>
    /// <returns>The webhook; null when it is gone.</returns>
    public Task<WebhookRow?> UpdateAsync(WebhookRow webhook, long now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return database.WriteAsync(
            session => session.FirstAsync<WebhookRow>(
                """
                UPDATE webhooks SET url = @Url, events = @Events, description = @Description, updated_at = @now,
                    failures = CASE WHEN @Active AND NOT active THEN 0 ELSE failures END,
                    failing_since = CASE WHEN @Active AND NOT active THEN NULL ELSE failing_since END,
                    disabled_reason = CASE WHEN @Active THEN NULL ELSE disabled_reason END,
                    active = @Active
                WHERE id = @Id RETURNING *
                """,
                new { webhook.Id, webhook.Url, webhook.Events, webhook.Description, webhook.Active, now }),
            cancellation);
    }

    /// <summary>Replaces the secret; the one before it stays good for a while.</summary>
    /// <returns>The webhook; null when it is gone.</returns>
    public Task<WebhookRow?> RotateAsync(long id, byte[] secret, long previousUntil, long now, CancellationToken cancellation = default) =>
        database.WriteAsync(
            session => session.FirstAsync<WebhookRow>(
                "UPDATE webhooks SET previous_secret = secret, previous_until = @previousUntil, secret = @secret, updated_at = @now WHERE id = @id RETURNING *", new { id, secret, previousUntil, now }),
            cancellation);

    /// <summary>Removes a webhook and what was delivered to it.</summary>
    /// <returns>False when it is gone already.</returns>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellation = default) =>
        database.WriteAsync(async session => await session.ExecuteAsync("DELETE FROM webhooks WHERE id = @id", new { id }) == 1, cancellation);

    /// <summary>Stores a message to a webhook and the job that delivers it, both or neither; a message that is there already stays as it is.</summary>
    /// <param name="message">The message.</param>
    /// <param name="jobOf">The job that delivers the row of this id.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The message's row; null when the webhook is gone.</returns>
    public Task<WebhookDeliveryRow?> SendAsync(WebhookDeliveryRow message, Func<long, NewJob> jobOf, CancellationToken cancellation = default) =>
        database.WriteAsync(session => SendAsync(session, message, jobOf), cancellation);

    /// <inheritdoc cref="SendAsync(WebhookDeliveryRow, Func{long, NewJob}, CancellationToken)"/>
    internal static async Task<WebhookDeliveryRow?> SendAsync(Session session, WebhookDeliveryRow message, Func<long, NewJob> jobOf)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(jobOf);
        // Held until the transaction ends: it may be removed at any moment.
        if (await session.FirstAsync<long?>($"SELECT id FROM webhooks WHERE id = @WebhookId {session.Dialect.ForUpdate}", message) is null)
            return null;
        var made = await session.FirstAsync<WebhookDeliveryRow>(
            $"""
            INSERT INTO webhook_deliveries (webhook_id, message_id, event_type, body, status, attempts, created_at)
            VALUES (@WebhookId, @MessageId, @EventType, @Body, '{DeliveryStatuses.Pending}', 0, @CreatedAt)
            ON CONFLICT (webhook_id, message_id) DO NOTHING
            RETURNING *
            """,
            message);
        if (made is null)
            return (await session.FirstAsync<WebhookDeliveryRow>("SELECT * FROM webhook_deliveries WHERE webhook_id = @WebhookId AND message_id = @MessageId", message))!;
        await JobStore.EnqueueAsync(session, jobOf(made.Id), message.CreatedAt);
        return made;
    }

    /// <summary>Everyone who has a webhook.</summary>
    public async Task<IReadOnlyList<long>> ListOwnersAsync(CancellationToken cancellation = default) =>
        await database.ReadAsync(session => session.ListAsync<long>("SELECT DISTINCT user_id FROM webhooks"), cancellation);

    /// <summary>
    /// Hands on what happened: of each announcement, oldest first, a message to every active webhook of its user that is for it and was made before it happened. Messages
    /// and their jobs come to be, and announcements go, in one transaction.
    /// </summary>
    /// <param name="max">Most announcements.</param>
    /// <param name="bodyOf">What is sent.</param>
    /// <param name="jobOf">The job that delivers the row of this id.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>How many announcements there were.</returns>
    public async Task<int> RelayAsync(int max, Func<AnnouncementRow, string> bodyOf, Func<long, NewJob> jobOf, long now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(bodyOf);
        // Looked at first: to begin a transaction for nothing would hold up those who write.
        if (await database.ReadAsync(session => session.FirstAsync<long>("SELECT COUNT(*) FROM (SELECT 1 FROM announcements LIMIT 1) AS waiting"), cancellation) == 0)
            return 0;
        return await database.WriteAsync(
            async session =>
            {
                var told = await session.ListAsync<AnnouncementRow>("SELECT * FROM announcements ORDER BY sequence, idx, user_id LIMIT @max", new { max = (long)max });
                var webhooks = new Dictionary<long, List<WebhookRow>>();
                foreach (var one in told)
                {
                    if (!webhooks.TryGetValue(one.UserId, out var ofUser))
                        webhooks[one.UserId] = ofUser = await session.ListAsync<WebhookRow>("SELECT * FROM webhooks WHERE user_id = @UserId ORDER BY id", new { one.UserId });
                    foreach (var webhook in ofUser.Where(webhook => webhook.Active && one.Sequence > webhook.AfterSequence && webhook.Events.Split(' ').Contains(one.EventType)))
                        await SendAsync(
                            session,
                            new() { WebhookId = webhook.Id, MessageId = FormattableString.Invariant($"msg_{one.Sequence}_{one.Idx}"), EventType = one.EventType, Body = bodyOf(one), CreatedAt = now },
                            jobOf);
                    await session.ExecuteAsync("DELETE FROM announcements WHERE sequence = @Sequence AND idx = @Idx AND user_id = @UserId", one);
                }
                return told.Count;
            },
            cancellation);
    }

    /// <summary>Has a delivery that has ended made again, as the same message.</summary>
    /// <returns>The delivery; null when it is gone or has not ended.</returns>
    public Task<WebhookDeliveryRow?> RedeliverAsync(long id, NewJob job, long now, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async session =>
            {
                var again = await session.FirstAsync<WebhookDeliveryRow>(
                    $"UPDATE webhook_deliveries SET status = '{DeliveryStatuses.Pending}' WHERE id = @id AND status <> '{DeliveryStatuses.Pending}' RETURNING *", new { id });
                if (again is not null)
                    await JobStore.EnqueueAsync(session, job, now);
                return again;
            },
            cancellation);

    /// <summary>The delivery of this id, or null.</summary>
    public Task<WebhookDeliveryRow?> GetDeliveryAsync(long id, CancellationToken cancellation = default) =>
        database.ReadAsync(session => session.FirstAsync<WebhookDeliveryRow>("SELECT * FROM webhook_deliveries WHERE id = @id", new { id }), cancellation);

    /// <summary>
    /// Notes what a try came to, and switches the webhook off where it has failed too long; the notice of that is enqueued with it. Of a delivery that has
    /// ended already nothing changes.
    /// </summary>
    /// <param name="delivery">As it was read before the try.</param>
    /// <param name="tried">What it came to.</param>
    /// <param name="patience">When the webhook is switched off.</param>
    /// <param name="disabledBecause">Switches the webhook off at once, for this reason; null: only by patience.</param>
    /// <param name="noticeOf">The mail to the owner, from the reason; null for none.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Whether the webhook was switched off.</returns>
    public Task<bool> RecordAsync(
        WebhookDeliveryRow delivery, DeliveryTry tried, WebhookPatience patience, string? disabledBecause, Func<string, NewJob?> noticeOf, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(tried);
        ArgumentNullException.ThrowIfNull(patience);
        ArgumentNullException.ThrowIfNull(noticeOf);
        return database.WriteAsync(
            async session =>
            {
                if (await session.ExecuteAsync(
                    $"""
                    UPDATE webhook_deliveries
                    SET status = @Status, attempts = attempts + 1, attempted_at = @At, duration_us = @DurationUs, request_headers = @RequestHeaders,
                        response_status = @ResponseStatus, response_headers = @ResponseHeaders, response_body = @ResponseBody, error = @Error
                    WHERE id = @Id AND status = '{DeliveryStatuses.Pending}'
                    """,
                    new { delivery.Id, tried.Status, tried.At, tried.DurationUs, tried.RequestHeaders, tried.ResponseStatus, tried.ResponseHeaders, tried.ResponseBody, tried.Error }) == 0)
                    return false;
                if (tried.Status == DeliveryStatuses.Delivered)
                {
                    // The common case writes nothing.
                    await session.ExecuteAsync("UPDATE webhooks SET failures = 0, failing_since = NULL WHERE id = @WebhookId AND (failures > 0 OR failing_since IS NOT NULL)", new { delivery.WebhookId });
                    return false;
                }
                var webhook = await session.FirstAsync<WebhookRow>(
                    "UPDATE webhooks SET failures = failures + @more, failing_since = COALESCE(failing_since, @At) WHERE id = @WebhookId RETURNING *",
                    new { delivery.WebhookId, tried.At, more = tried.Status == DeliveryStatuses.Failed ? 1L : 0L });
                var reason = webhook is not { Active: true } ? null
                    : disabledBecause
                    ?? (webhook.Failures >= patience.FailuresMax ? $"{webhook.Failures} deliveries in a row failed"
                    : tried.At - webhook.FailingSince >= patience.FailingMaxUs ? $"nothing could be delivered for {patience.FailingMaxUs / 86_400_000_000} days" : null);
                if (reason is null)
                    return false;
                await session.ExecuteAsync("UPDATE webhooks SET active = @off, disabled_reason = @reason, updated_at = @At WHERE id = @WebhookId", new { off = false, reason, tried.At, delivery.WebhookId });
                if (noticeOf(reason) is { } notice)
                    await JobStore.EnqueueAsync(session, notice, tried.At);
                return true;
            },
            cancellation);
    }

    /// <summary>A numbered page of a webhook's deliveries, newest first.</summary>
    /// <param name="webhookId">The webhook.</param>
    /// <param name="status">One of <see cref="DeliveryStatuses"/>; null for all.</param>
    /// <param name="page">From 1.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Page<WebhookDeliveryRow>> ListDeliveriesAsync(long webhookId, string? status, int page, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.PageAsync(session, FilterOf(webhookId, status), page, size), cancellation);

    /// <summary>A page of a webhook's deliveries by cursor, newest first; null starts at the top.</summary>
    /// <param name="webhookId">The webhook.</param>
    /// <param name="status">One of <see cref="DeliveryStatuses"/>; null for all.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<CursorPage<WebhookDeliveryRow, TimeKey>> ListDeliveriesAsync(long webhookId, string? status, Cursor<TimeKey>? cursor, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.CursorPageAsync(session, FilterOf(webhookId, status), cursor, size), cancellation);

    /// <summary>Lets go of deliveries that have ended and are older than a time.</summary>
    /// <returns>How many.</returns>
    public Task<int> PurgeAsync(long before, int max = 1_000, CancellationToken cancellation = default) =>
        database.WriteAsync(
            session => session.ExecuteAsync(
                $"DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE created_at < @before AND status <> '{DeliveryStatuses.Pending}' LIMIT @max)",
                new { before, max = (long)max }),
            cancellation);

    private static Task<WebhookRow?> FindAsync(Session session, long id) => session.FirstAsync<WebhookRow>("SELECT * FROM webhooks WHERE id = @id", new { id });

    private static Filter FilterOf(long webhookId, string? status) =>
        new Filter().Where("webhook_id = @webhookId", "webhookId", webhookId).WhereGiven("status = @status", "status", status);
}
