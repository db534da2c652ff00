namespace MyTradeX.Store;

/// <summary>The answer to a request that carried an idempotency key.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Location">The Location header, if there was one.</param>
/// <param name="Body">The body, at most <see cref="IdempotencyStore.BodyMax"/> bytes.</param>
public sealed record StoredAnswer(int Status, string? Location, byte[] Body);

/// <summary>What a request finds under its idempotency key.</summary>
public enum ReservationStatus
{
    /// <summary>The key is new and is now this request's: do the work, then complete or release it.</summary>
    Reserved,

    /// <summary>The same request is at work elsewhere.</summary>
    InProgress,

    /// <summary>The same request was answered; give that answer again.</summary>
    Completed,

    /// <summary>The key was used for a different request.</summary>
    Conflict,
}

/// <summary>The outcome of reserving an idempotency key.</summary>
/// <param name="Status">What was found.</param>
/// <param name="Answer">The earlier answer, when completed.</param>
public sealed record Reservation(ReservationStatus Status, StoredAnswer? Answer);

/// <summary>
/// Idempotency keys of writes that live in SQL (what goes through the journal is made idempotent there). A key belongs to
/// one user. Every write is on disk when its method returns.
/// </summary>
public sealed class IdempotencyStore(Database database)
{
    /// <summary>Most bytes of an answer's body; ours are far smaller, and a limit keeps a table of them small.</summary>
    public const int BodyMax = 64 * 1024;

    /// <summary>Microseconds after which an unanswered reservation may be taken over: its server died, for no request lives so long.</summary>
    public const long AbandonedAfterMicros = 60_000_000;

    /// <summary>Takes the key, or tells who has it.</summary>
    /// <param name="userId">Whose key it is; 0 for callers who are not signed in.</param>
    /// <param name="keyHash">SHA-256 of the key.</param>
    /// <param name="fingerprint">Hash of what was asked: method, path and body.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Reservation> ReserveAsync(long userId, byte[] keyHash, byte[] fingerprint, long now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(keyHash);
        ArgumentNullException.ThrowIfNull(fingerprint);
        return database.WriteAsync(
            async session =>
            {
                // An abandoned reservation of the same request is taken over by the same statement that would create it.
                var taken = await session.ExecuteAsync(
                    """
                    INSERT INTO idempotency_keys (user_id, key_hash, fingerprint, created_at) VALUES (@userId, @keyHash, @fingerprint, @now)
                    ON CONFLICT (user_id, key_hash) DO UPDATE SET created_at = excluded.created_at
                    WHERE idempotency_keys.status IS NULL AND idempotency_keys.created_at <= @abandoned AND idempotency_keys.fingerprint = excluded.fingerprint
                    """,
                    new { userId, keyHash, fingerprint, now, abandoned = now - AbandonedAfterMicros });
                return taken == 1 ? new Reservation(ReservationStatus.Reserved, null) : await FindAsync(session, userId, keyHash, fingerprint);
            },
            cancellation);
    }

    /// <summary>Stores the answer under a reserved key.</summary>
    /// <exception cref="ArgumentException">The body is larger than <see cref="BodyMax"/>.</exception>
    public Task CompleteAsync(long userId, byte[] keyHash, StoredAnswer answer, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(keyHash);
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Body.Length > BodyMax)
            throw new ArgumentException($"a stored answer has at most {BodyMax} bytes, this one {answer.Body.Length}", nameof(answer));
        return database.WriteAsync(
            session => session.ExecuteAsync(
                "UPDATE idempotency_keys SET status = @status, location = @Location, body = @Body WHERE user_id = @userId AND key_hash = @keyHash AND status IS NULL",
                new { userId, keyHash, status = (long)answer.Status, answer.Location, answer.Body }),
            cancellation);
    }

    /// <summary>Gives a reserved key back, when the request failed in a way that a retry may mend.</summary>
    public Task ReleaseAsync(long userId, byte[] keyHash, CancellationToken cancellation = default) =>
        database.WriteAsync(
            session => session.ExecuteAsync("DELETE FROM idempotency_keys WHERE user_id = @userId AND key_hash = @keyHash AND status IS NULL", new { userId, keyHash }),
            cancellation);

    /// <summary>Deletes keys older than the given time; the API keeps them for 24 hours.</summary>
    /// <param name="before">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="max">Most rows deleted by this call.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Rows deleted; call again while it equals <paramref name="max"/>.</returns>
    public Task<int> PurgeAsync(long before, int max = 1_000, CancellationToken cancellation = default) =>
        database.WriteAsync(
            session => session.ExecuteAsync(
                """
                DELETE FROM idempotency_keys WHERE (user_id, key_hash) IN
                    (SELECT user_id, key_hash FROM idempotency_keys WHERE created_at < @before ORDER BY created_at LIMIT @max)
                """,
                new { before, max = (long)max }),
            cancellation);

    private static async Task<Reservation> FindAsync(Session session, long userId, byte[] keyHash, byte[] fingerprint)
    {
        var found = await session.FirstAsync<Row>(
            "SELECT fingerprint, status, location, body FROM idempotency_keys WHERE user_id = @userId AND key_hash = @keyHash",
            new { userId, keyHash });
        if (found is null)
            return new Reservation(ReservationStatus.InProgress, null);
        if (!found.Fingerprint.AsSpan().SequenceEqual(fingerprint))
            return new Reservation(ReservationStatus.Conflict, null);
        return found.Status is null
            ? new Reservation(ReservationStatus.InProgress, null)
            : new Reservation(ReservationStatus.Completed, new StoredAnswer((int)found.Status, found.Location, found.Body ?? []));
    }

    private sealed record Row
    {
        public byte[] Fingerprint { get; init; } = [];

        public long? Status { get; init; }

        public string? Location { get; init; }

        public byte[]? Body { get; init; }
    }
}
