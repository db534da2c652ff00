namespace MyTradeX.Store;

/// <summary>What Stripe told us and what came of it. Every write is on disk when its method returns.</summary>
public sealed class StripeStore(Database database)
{
    private static readonly Listing<StripeEventRow, TimeKey> Newest =
        new("SELECT * FROM stripe_events", ["received_at", "id"], descending: true, row => new TimeKey(row.ReceivedAt, row.Id), key => [key.Time, key.Id]);

    /// <summary>Stores an event and the job that works on it, both or neither.</summary>
    /// <returns>False when the event was there already; nothing is changed then.</returns>
    public Task<bool> ReceiveAsync(StripeEventRow received, NewJob job, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(received);
        return database.WriteAsync(
            async session =>
            {
                if (await session.ExecuteAsync(
                    $"""
                    INSERT INTO stripe_events (stripe_id, event_type, payload, status, created_at, received_at)
                    VALUES (@StripeId, @EventType, @Payload, '{StripeEventStatuses.Received}', @CreatedAt, @ReceivedAt)
                    ON CONFLICT (stripe_id) DO NOTHING
                    """,
                    received) == 0)
                    return false;
                await JobStore.EnqueueAsync(session, job, received.ReceivedAt);
                return true;
            },
            cancellation);
    }

    /// <summary>The event of this id of Stripe's, or null.</summary>
    public Task<StripeEventRow?> GetAsync(string stripeId, CancellationToken cancellation = default) =>
        database.ReadAsync(session => session.FirstAsync<StripeEventRow>("SELECT * FROM stripe_events WHERE stripe_id = @stripeId", new { stripeId }), cancellation);

    /// <summary>Notes that an event has had its effect, and enqueues what it causes along with that: once, however often this is called.</summary>
    /// <param name="stripeId">Stripe's id of the event.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="caused">A job to enqueue, or null.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task FinishAsync(string stripeId, string outcome, long now, NewJob? caused, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async session =>
            {
                var finished = await session.ExecuteAsync(
                    $"""
                    UPDATE stripe_events SET status = '{StripeEventStatuses.Processed}', outcome = @outcome, processed_at = @now
                    WHERE stripe_id = @stripeId AND status <> '{StripeEventStatuses.Processed}'
                    """,
                    new { stripeId, outcome, now });
                if (finished == 1 && caused is not null)
                    await JobStore.EnqueueAsync(session, caused, now);
            },
            cancellation);

    /// <summary>Notes why an event can have no effect as it stands.</summary>
    public Task RejectAsync(string stripeId, string reason, CancellationToken cancellation = default) =>
        database.WriteAsync(
            session => session.ExecuteAsync(
                $"UPDATE stripe_events SET status = '{StripeEventStatuses.Rejected}', outcome = @reason WHERE stripe_id = @stripeId AND status <> '{StripeEventStatuses.Processed}'",
                new { stripeId, reason }),
            cancellation);

    /// <summary>The payment of this id, or null when none was heard of that is to be credited.</summary>
    public Task<StripePaymentRow?> FindPaymentAsync(string paymentIntentId, CancellationToken cancellation = default) =>
        database.ReadAsync(session => FindPaymentAsync(session, paymentIntentId), cancellation);

    /// <summary>Notes a payment that is to be credited.</summary>
    /// <returns>The payment as it is stored: with what was decided first.</returns>
    public Task<StripePaymentRow> AddPaymentAsync(StripePaymentRow payment, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(payment);
        return database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(
                    """
                    INSERT INTO stripe_payments (payment_intent_id, account_id, currency, amount, round, created_at)
                    VALUES (@PaymentIntentId, @AccountId, @Currency, @Amount, 0, @CreatedAt)
                    ON CONFLICT (payment_intent_id) DO NOTHING
                    """,
                    payment);
                return (await FindPaymentAsync(session, payment.PaymentIntentId))!;
            },
            cancellation);
    }

    /// <summary>Notes that the exchange is about to be asked to credit a payment, under a key that it was never asked under before.</summary>
    /// <param name="payment">As it is stored.</param>
    /// <param name="afterSequence">The venue's sequence.</param>
    /// <param name="at">The venue's time, in microseconds since 1970-01-01 UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The payment as it is stored now.</returns>
    public Task<StripePaymentRow> AskAsync(StripePaymentRow payment, long afterSequence, long at, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(payment);
        return database.WriteAsync(
            async session => await session.FirstAsync<StripePaymentRow>(
                """
                UPDATE stripe_payments SET round = round + 1, asked_after_sequence = @afterSequence, asked_at = @at
                WHERE payment_intent_id = @PaymentIntentId AND round = @Round AND sequence IS NULL
                RETURNING *
                """,
                new { payment.PaymentIntentId, payment.Round, afterSequence, at })
                ?? throw new InvalidOperationException("the payment was asked for by another worker meanwhile"),
            cancellation);
    }

    /// <summary>
    /// Looks in the ledger, as far as it is projected, for the deposit that credited a payment: to its account, of its amount, after it was asked
    /// for, and no other payment's. One that is there becomes this payment's.
    /// </summary>
    /// <returns>The deposit's sequence; null when there is none.</returns>
    public Task<long?> ClaimDepositAsync(StripePaymentRow payment, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(payment);
        return database.WriteAsync(
            session => session.FirstAsync<long?>(
                """
                UPDATE stripe_payments SET sequence =
                    (SELECT MIN(line.sequence) FROM ledger_lines AS line
                     WHERE line.account_id = @AccountId AND line.kind = 'DEPOSIT' AND line.asset = @Currency AND line.amount = @Amount AND line.sequence > @AskedAfterSequence
                       AND NOT EXISTS (SELECT 1 FROM stripe_payments AS other WHERE other.sequence = line.sequence))
                WHERE payment_intent_id = @PaymentIntentId AND sequence IS NULL
                RETURNING sequence
                """,
                payment),
            cancellation);
    }

    /// <summary>Whether another payment of the same amount to the same account was asked for lately, with an outcome that is not noted yet.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="afterSequence">Lately is: after this sequence of the venue,</param>
    /// <param name="since">and at or after this time of the venue.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<bool> HasRivalAsync(StripePaymentRow payment, long afterSequence, long since, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(payment);
        return database.ReadAsync(
            async session => await session.FirstAsync<long>(
                """
                SELECT COUNT(*) FROM stripe_payments
                WHERE account_id = @AccountId AND amount = @Amount AND payment_intent_id <> @PaymentIntentId AND sequence IS NULL
                  AND asked_after_sequence > @afterSequence AND asked_at >= @since
                """,
                new { payment.AccountId, payment.Amount, payment.PaymentIntentId, afterSequence, since }) > 0,
            cancellation);
    }

    /// <summary>Notes which command credited a payment.</summary>
    public Task CreditAsync(string paymentIntentId, long sequence, CancellationToken cancellation = default) =>
        database.WriteAsync(
            session => session.ExecuteAsync("UPDATE stripe_payments SET sequence = @sequence WHERE payment_intent_id = @paymentIntentId AND sequence IS NULL", new { paymentIntentId, sequence }),
            cancellation);

    /// <summary>Forgets a payment that the exchange has refused, so that it may be decided afresh.</summary>
    public Task DropPaymentAsync(string paymentIntentId, CancellationToken cancellation = default) =>
        database.WriteAsync(
            session => session.ExecuteAsync("DELETE FROM stripe_payments WHERE payment_intent_id = @paymentIntentId AND sequence IS NULL", new { paymentIntentId }),
            cancellation);

    /// <summary>Records a subscription unless something newer is known of it.</summary>
    /// <returns>False when something newer is.</returns>
    public Task<bool> RecordSubscriptionAsync(StripeSubscriptionRow subscription, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        return database.WriteAsync(
            async session => await session.ExecuteAsync(
                """
                INSERT INTO stripe_subscriptions (subscription_id, customer, status, as_of, stripe_event_id) VALUES (@SubscriptionId, @Customer, @Status, @AsOf, @StripeEventId)
                ON CONFLICT (subscription_id) DO UPDATE SET customer = excluded.customer, status = excluded.status, as_of = excluded.as_of, stripe_event_id = excluded.stripe_event_id
                WHERE excluded.as_of >= stripe_subscriptions.as_of
                """,
                subscription) == 1,
            cancellation);
    }

    /// <summary>A numbered page of events, newest first.</summary>
    /// <param name="query">Filters.</param>
    /// <param name="page">From 1.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Page<StripeEventRow>> ListAsync(StripeEventQuery query, int page, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.PageAsync(session, FilterOf(query), page, size), cancellation);

    /// <summary>A page of events by cursor, newest first; null starts at the top.</summary>
    /// <param name="query">Filters; the same for every page of a walk.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<CursorPage<StripeEventRow, TimeKey>> ListAsync(StripeEventQuery query, Cursor<TimeKey>? cursor, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.CursorPageAsync(session, FilterOf(query), cursor, size), cancellation);

    private static Task<StripePaymentRow?> FindPaymentAsync(Session session, string paymentIntentId) =>
        session.FirstAsync<StripePaymentRow>("SELECT * FROM stripe_payments WHERE payment_intent_id = @paymentIntentId", new { paymentIntentId });

    private static Filter FilterOf(StripeEventQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new Filter().WhereGiven("status = @status", "status", query.Status).WhereGiven("event_type = @eventType", "eventType", query.EventType);
    }
}
