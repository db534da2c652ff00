namespace MyTradeX.Store;

/// <summary>A refresh token about to be stored. The token itself never reaches the database.</summary>
/// <param name="Hash">SHA-256 of the token, 32 bytes.</param>
/// <param name="IssuedAt">Microseconds since 1970-01-01 UTC.</param>
/// <param name="ExpiresAt">Microseconds since 1970-01-01 UTC; the token is good before that instant.</param>
public sealed record NewRefreshToken(byte[] Hash, long IssuedAt, long ExpiresAt);

/// <summary>How the exchange of a refresh token ended.</summary>
public enum RotationStatus
{
    /// <summary>The old token is spent, the new one is stored.</summary>
    Rotated,

    /// <summary>No such token, or it was purged after its time.</summary>
    Unknown,

    /// <summary>The sign-in it came from was ended: by logout, by an administrator, or by a reuse found earlier.</summary>
    Revoked,

    /// <summary>It was spent before: someone holds a copy. The whole family has just been revoked.</summary>
    Reused,

    /// <summary>Its time is over.</summary>
    Expired,
}

/// <summary>The outcome of exchanging a refresh token.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="UserId">Whose token it was; 0 when unknown.</param>
/// <param name="FamilyId">The sign-in it came from; empty when unknown.</param>
public sealed record Rotation(RotationStatus Status, long UserId, string FamilyId);

/// <summary>
/// Refresh tokens by family: one family a sign-in, one unspent token in it. Each use spends the token and stores its
/// successor. Every write is on disk when its method returns.
/// </summary>
public sealed class RefreshTokenStore(Database database)
{
    /// <summary>Starts a family with its first token.</summary>
    /// <param name="familyId">A fresh random id.</param>
    /// <param name="userId">Whose sign-in it is; must exist.</param>
    /// <param name="token">The first token.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task StartFamilyAsync(string familyId, long userId, NewRefreshToken token, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(familyId);
        ArgumentNullException.ThrowIfNull(token);
        return database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(
                    "INSERT INTO refresh_families (id, user_id, created_at, expires_at) VALUES (@familyId, @userId, @IssuedAt, @ExpiresAt)",
                    new { familyId, userId, token.IssuedAt, token.ExpiresAt });
                await InsertAsync(session, familyId, token);
            },
            cancellation);
    }

    /// <summary>
    /// Spends a token and stores its successor, in one transaction. Of any number of uses at once exactly one gets
    /// <see cref="RotationStatus.Rotated"/>; the others are reuse, and end the family.
    /// </summary>
    /// <param name="hash">SHA-256 of the token presented.</param>
    /// <param name="successor">The token to hand out; its <see cref="NewRefreshToken.IssuedAt"/> is the time of the exchange.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Rotation> RotateAsync(byte[] hash, NewRefreshToken successor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(hash);
        ArgumentNullException.ThrowIfNull(successor);
        return database.WriteAsync(session => RotateAsync(session, hash, successor), cancellation);
    }

    /// <summary>Whether a sign-in exists and was not ended.</summary>
    public Task<bool> IsFamilyAliveAsync(string familyId, CancellationToken cancellation = default) =>
        database.ReadAsync(
            async session => await session.FirstAsync<long>("SELECT COUNT(*) FROM refresh_families WHERE id = @familyId AND revoked_at IS NULL", new { familyId }) == 1,
            cancellation);

    /// <summary>Ends the sign-in that a token belongs to, whatever the token's state.</summary>
    /// <returns>False when the token is unknown.</returns>
    public Task<bool> RevokeFamilyOfAsync(byte[] hash, long now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return database.WriteAsync(
            async session => await session.ExecuteAsync(
                """
                UPDATE refresh_families SET revoked_at = COALESCE(revoked_at, @now)
                WHERE id = (SELECT family_id FROM refresh_tokens WHERE token_hash = @hash)
                """,
                new { hash, now }) == 1,
            cancellation);
    }

    /// <summary>Ends one sign-in.</summary>
    public Task RevokeFamilyAsync(string familyId, long now, CancellationToken cancellation = default) =>
        database.WriteAsync(session => RevokeAsync(session, familyId, now), cancellation);

    /// <summary>Ends every sign-in of a user.</summary>
    /// <returns>How many were alive.</returns>
    public Task<int> RevokeAllOfUserAsync(long userId, long now, CancellationToken cancellation = default) =>
        database.WriteAsync(
            session => session.ExecuteAsync("UPDATE refresh_families SET revoked_at = @now WHERE user_id = @userId AND revoked_at IS NULL", new { userId, now }),
            cancellation);

    /// <summary>Deletes tokens and families whose time was over before the given one.</summary>
    /// <param name="before">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="max">Most tokens, and most families, deleted by this call.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Rows deleted; call again while it is not zero.</returns>
    public Task<int> PurgeExpiredAsync(long before, int max = 1_000, CancellationToken cancellation = default) =>
        database.WriteAsync(
            async session =>
            {
                var limits = new { before, max = (long)max };
                var tokens = await session.ExecuteAsync(
                    "DELETE FROM refresh_tokens WHERE token_hash IN (SELECT token_hash FROM refresh_tokens WHERE expires_at < @before ORDER BY expires_at LIMIT @max)",
                    limits);
                return tokens + await session.ExecuteAsync(
                    "DELETE FROM refresh_families WHERE id IN (SELECT id FROM refresh_families WHERE expires_at < @before ORDER BY expires_at LIMIT @max)",
                    limits);
            },
            cancellation);

    private async Task<Rotation> RotateAsync(Session session, byte[] hash, NewRefreshToken successor)
    {
        // The family's row is the lock: it is taken before the token is read, so whatever another use of the same family did is seen.
        var family = await session.FirstAsync<Family>(
            $"SELECT id, user_id, revoked_at FROM refresh_families WHERE id = (SELECT family_id FROM refresh_tokens WHERE token_hash = @hash) {database.Dialect.ForUpdate}",
            new { hash });
        if (family is null)
            return new Rotation(RotationStatus.Unknown, 0, "");
        var token = await session.FirstAsync<Token>("SELECT expires_at, spent_at FROM refresh_tokens WHERE token_hash = @hash", new { hash });
        Rotation Outcome(RotationStatus status) => new(status, family.UserId, family.Id);
        if (token is null)
            return Outcome(RotationStatus.Unknown);
        if (family.RevokedAt is not null)
            return Outcome(RotationStatus.Revoked);
        if (token.SpentAt is not null)
        {
            await RevokeAsync(session, family.Id, successor.IssuedAt);
            return Outcome(RotationStatus.Reused);
        }

        if (token.ExpiresAt <= successor.IssuedAt)
            return Outcome(RotationStatus.Expired);
        await session.ExecuteAsync("UPDATE refresh_tokens SET spent_at = @IssuedAt WHERE token_hash = @hash", new { hash, successor.IssuedAt });
        await session.ExecuteAsync("UPDATE refresh_families SET expires_at = @ExpiresAt WHERE id = @Id AND expires_at < @ExpiresAt", new { family.Id, successor.ExpiresAt });
        await InsertAsync(session, family.Id, successor);
        return Outcome(RotationStatus.Rotated);
    }

    private static Task<int> RevokeAsync(Session session, string familyId, long now) =>
        session.ExecuteAsync("UPDATE refresh_families SET revoked_at = @now WHERE id = @familyId AND revoked_at IS NULL", new { familyId, now });

    private static Task<int> InsertAsync(Session session, string familyId, NewRefreshToken token) =>
        session.ExecuteAsync(
            "INSERT INTO refresh_tokens (token_hash, family_id, issued_at, expires_at) VALUES (@Hash, @familyId, @IssuedAt, @ExpiresAt)",
            new { token.Hash, familyId, token.IssuedAt, token.ExpiresAt });

    private sealed record Family
    {
        public string Id { get; init; } = "";

        public long UserId { get; init; }

        public long? RevokedAt { get; init; }
    }

    private sealed record Token
    {
        public long ExpiresAt { get; init; }

        public long? SpentAt { get; init; }
    }
}
