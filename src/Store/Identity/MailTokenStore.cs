namespace MyTradeX.Store;

/// <summary>A token that is about to be mailed. The token itself never reaches the database.</summary>
/// <param name="Hash">SHA-256 of the token, 32 bytes.</param>
/// <param name="Purpose">What it is good for; one of <see cref="MailTokenPurposes"/>.</param>
/// <param name="ExpiresAt">Microseconds since 1970-01-01 UTC; good before that instant.</param>
public sealed record NewMailToken(byte[] Hash, string Purpose, long ExpiresAt);

/// <summary>What a mailed token may be good for.</summary>
public static class MailTokenPurposes
{
    /// <summary>Setting a new password.</summary>
    public const string PasswordReset = "PASSWORD_RESET";

    /// <summary>Proving that an address is the user's.</summary>
    public const string EmailVerification = "EMAIL_VERIFICATION";
}

/// <summary>An address to be proven: the token, and the job that mails it.</summary>
/// <param name="Token">Goes into the table.</param>
/// <param name="Mail">Enqueued in the same transaction.</param>
public sealed record EmailProof(NewMailToken Token, NewJob Mail);

/// <summary>
/// One-time tokens that were mailed. A token is good once, for its purpose, before its end, and only while the user's email is the one it was sent
/// to. Every write is on disk when its method returns.
/// </summary>
public sealed class MailTokenStore(Database database)
{
    /// <summary>Stores a token and enqueues its mail, unless the user was sent one for the same purpose a moment ago or has another email by now.</summary>
    /// <param name="user">The user as they were read.</param>
    /// <param name="proof">Token and mail.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="pauseMicros">How long after a token no second one is sent.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Whether it is on its way.</returns>
    public Task<bool> IssueAsync(UserRow user, EmailProof proof, long now, long pauseMicros, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(proof);
        return database.WriteAsync(
            async session =>
            {
                // The user's row is the lock: of two requests at once, the second sees the first one's token.
                var email = await session.FirstAsync<string>($"SELECT email_key FROM users WHERE id = @Id {database.Dialect.ForUpdate}", new { user.Id });
                if (email != UserStore.EmailKey(user.Email))
                    return false;
                var recent = await session.FirstAsync<long>(
                    "SELECT COUNT(*) FROM mail_tokens WHERE user_id = @Id AND purpose = @Purpose AND created_at > @since",
                    new { user.Id, proof.Token.Purpose, since = now - pauseMicros });
                if (recent > 0)
                    return false;
                await AddAsync(session, user.Id, email, proof, now);
                return true;
            },
            cancellation);
    }

    /// <summary>Spends a password reset: sets the password, lifts a lock, and ends every session.</summary>
    /// <param name="hash">SHA-256 of the token presented.</param>
    /// <param name="passwordHash">The new password's hash.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The user as they are now; null when the token is not good.</returns>
    public Task<UserRow?> ResetPasswordAsync(byte[] hash, string passwordHash, long now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return database.WriteAsync(
            async session =>
            {
                if (await SpendAsync(session, hash, MailTokenPurposes.PasswordReset, now) is not { } userId)
                    return null;
                await session.ExecuteAsync("UPDATE refresh_families SET revoked_at = @now WHERE user_id = @userId AND revoked_at IS NULL", new { userId, now });
                return await session.FirstAsync<UserRow>(
                    """
                    UPDATE users
                    SET password_hash = @passwordHash, failed_logins = 0, locked_until = NULL, token_version = token_version + 1, version = version + 1, updated_at = @now
                    WHERE id = @userId
                    RETURNING *
                    """,
                    new { userId, passwordHash, now });
            },
            cancellation);
    }

    /// <summary>Spends a verification: the user's email is theirs.</summary>
    /// <param name="hash">SHA-256 of the token presented.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The user as they are now; null when the token is not good.</returns>
    public Task<UserRow?> VerifyEmailAsync(byte[] hash, long now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return database.WriteAsync(
            async session => await SpendAsync(session, hash, MailTokenPurposes.EmailVerification, now) is { } userId
                ? await session.FirstAsync<UserRow>(
                    "UPDATE users SET email_verified_at = COALESCE(email_verified_at, @now), version = version + 1 WHERE id = @userId RETURNING *", new { userId, now })
                : null,
            cancellation);
    }

    /// <summary>Deletes tokens whose time was over before the given one.</summary>
    /// <param name="before">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="max">Most rows deleted by this call.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Rows deleted; call again while it equals <paramref name="max"/>.</returns>
    public Task<int> PurgeExpiredAsync(long before, int max = 1_000, CancellationToken cancellation = default) =>
        database.WriteAsync(
            session => session.ExecuteAsync(
                "DELETE FROM mail_tokens WHERE token_hash IN (SELECT token_hash FROM mail_tokens WHERE expires_at < @before ORDER BY expires_at LIMIT @max)",
                new { before, max = (long)max }),
            cancellation);

    /// <summary>Stores a token and enqueues its mail as part of a transaction.</summary>
    internal static async Task AddAsync(Session session, long userId, string emailKey, EmailProof proof, long now)
    {
        await session.ExecuteAsync(
            "INSERT INTO mail_tokens (token_hash, user_id, purpose, email_key, created_at, expires_at) VALUES (@Hash, @userId, @Purpose, @emailKey, @now, @ExpiresAt)",
            new { proof.Token.Hash, userId, proof.Token.Purpose, emailKey, now, proof.Token.ExpiresAt });
        await JobStore.EnqueueAsync(session, proof.Mail, now);
    }

    // Deleting is taking: of two uses at once, one finds it. Its elder siblings are of no more use.
    private static async Task<long?> SpendAsync(Session session, byte[] hash, string purpose, long now)
    {
        var userId = await session.FirstAsync<long?>(
            """
            DELETE FROM mail_tokens WHERE token_hash = @hash AND purpose = @purpose AND expires_at > @now
                AND email_key = (SELECT email_key FROM users WHERE users.id = mail_tokens.user_id)
            RETURNING user_id
            """,
            new { hash, purpose, now });
        if (userId is not null)
            await session.ExecuteAsync("DELETE FROM mail_tokens WHERE user_id = @userId AND purpose = @purpose", new { userId, purpose });
        return userId;
    }
}
