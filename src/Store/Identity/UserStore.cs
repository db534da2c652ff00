namespace MyTradeX.Store;

/// <summary>The users of the venue. Every write is on disk when its method returns.</summary>
public sealed class UserStore(Database database)
{
    /// <summary>Most users asked for at once in <see cref="GetManyAsync"/>.</summary>
    public const int ManyMax = 1_000;

    /// <summary>Adds a user. The outcome is <see cref="UserWriteStatus.Done"/> or <see cref="UserWriteStatus.EmailTaken"/>.</summary>
    /// <param name="user">The user.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<UserOutcome> CreateAsync(NewUser user, long now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        return database.WriteAsync(
            async session =>
            {
                var created = await session.FirstAsync<UserRow>(
                    """
                    INSERT INTO users (email, email_key, password_hash, name, first_name, last_name, avatar, role, status,
                                       search_text, token_version, version, failed_logins, created_at, updated_at)
                    VALUES (@Email, @emailKey, @PasswordHash, @Name, @FirstName, @LastName, @Avatar, @Role, @Status,
                            @searchText, 0, 1, 0, @now, @now)
                    ON CONFLICT (email_key) DO NOTHING
                    RETURNING *
                    """,
                    new
                    {
                        user.Email,
                        emailKey = EmailKey(user.Email),
                        user.PasswordHash,
                        user.Name,
                        user.FirstName,
                        user.LastName,
                        user.Avatar,
                        user.Role,
                        user.Status,
                        searchText = SearchText(user.Email, user.Name, user.FirstName, user.LastName),
                        now,
                    });
                if (created is null)
                    return new UserOutcome(UserWriteStatus.EmailTaken, null);
                foreach (var job in user.Jobs)
                    await JobStore.EnqueueAsync(session, job, now);
                if (user.ProofOfEmail is { } proof)
                    await MailTokenStore.AddAsync(session, created.Id, EmailKey(user.Email), proof, now);
                return new UserOutcome(UserWriteStatus.Done, created);
            },
            cancellation);
    }

    /// <summary>The user with this id, or null.</summary>
    public Task<UserRow?> GetAsync(long id, CancellationToken cancellation = default) =>
        database.ReadAsync(session => session.FirstAsync<UserRow>("SELECT * FROM users WHERE id = @id", new { id }), cancellation);

    /// <summary>The user with this email in any case, or null.</summary>
    public Task<UserRow?> GetByEmailAsync(string email, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(email);
        return database.ReadAsync(
            session => session.FirstAsync<UserRow>("SELECT * FROM users WHERE email_key = @key", new { key = EmailKey(email) }),
            cancellation);
    }

    /// <summary>The users with these ids, in no order; ids without a user are left out.</summary>
    /// <param name="ids">At most <see cref="ManyMax"/> ids.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<IReadOnlyList<UserRow>> GetManyAsync(IReadOnlyCollection<long> ids, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, ManyMax, nameof(ids));
        if (ids.Count == 0)
            return [];
        return await database.ReadAsync(
            session => session.ListAsync<UserRow>($"SELECT * FROM users WHERE {database.Dialect.In("id", "ids")}", new { ids = ids.ToArray() }),
            cancellation);
    }

    /// <summary>A numbered page of users.</summary>
    /// <param name="query">Filters and order.</param>
    /// <param name="page">From 1.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Page<UserRow>> ListAsync(UserQuery query, int page, int size, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return database.ReadAsync(session => UserListing.Of(query).PageAsync(session, UserListing.Filter(query), page, size), cancellation);
    }

    /// <summary>A page of users by cursor; null starts at the top.</summary>
    /// <param name="query">Filters and order; the same for every page of a walk.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<CursorPage<UserRow, UserKey>> ListAsync(UserQuery query, Cursor<UserKey>? cursor, int size, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return database.ReadAsync(session => UserListing.Of(query).CursorPageAsync(session, UserListing.Filter(query), cursor, size), cancellation);
    }

    /// <summary>Changes some or all of a user's fields, in one step.</summary>
    /// <param name="id">The user.</param>
    /// <param name="change">The new values.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="expectedVersion">The <see cref="UserRow.Version"/> the caller saw; null to change whatever is there.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<UserOutcome> UpdateAsync(long id, UserChange change, long now, long? expectedVersion = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        try
        {
            return await database.WriteAsync(
                async session =>
                {
                    var user = await session.FirstAsync<UserRow>($"SELECT * FROM users WHERE id = @id {database.Dialect.ForUpdate}", new { id });
                    if (user is null)
                        return new UserOutcome(UserWriteStatus.NotFound, null);
                    if (expectedVersion is not null && user.Version != expectedVersion)
                        return new UserOutcome(UserWriteStatus.VersionConflict, user);
                    var changed = Merge(user, change, now);
                    await SaveAsync(session, changed);
                    if (EmailKey(changed.Email) != EmailKey(user.Email) && change.ProofOfEmail is { } proof)
                        await MailTokenStore.AddAsync(session, id, EmailKey(changed.Email), proof, now);
                    return new UserOutcome(UserWriteStatus.Done, changed);
                },
                cancellation);
        }
        catch (Exception fault) when (database.IsUniqueViolation(fault))
        {
            return new UserOutcome(UserWriteStatus.EmailTaken, null);
        }
    }

    /// <summary>Removes a user with every session; the id is never given again.</summary>
    /// <returns>False when there is no such user.</returns>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellation = default) =>
        database.WriteAsync(async session => await session.ExecuteAsync("DELETE FROM users WHERE id = @id", new { id }) == 1, cancellation);

    /// <summary>Notes a good sign-in: forgets the failures, lifts the lock.</summary>
    public Task RecordLoginSuccessAsync(long id, long now, CancellationToken cancellation = default) =>
        database.WriteAsync(
            session => session.ExecuteAsync("UPDATE users SET failed_logins = 0, locked_until = NULL, last_login = @now WHERE id = @id", new { id, now }),
            cancellation);

    /// <summary>
    /// Notes a failed sign-in. From the <paramref name="threshold"/>th failure in a row on, each one locks the user for
    /// <paramref name="lockMicros"/>, until a good sign-in starts the count afresh. Two failures at once count as two.
    /// </summary>
    /// <param name="id">The user.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="threshold">At least 1.</param>
    /// <param name="lockMicros">Length of the lock in microseconds.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The user after the failure, or null when there is no such user.</returns>
    public Task<UserRow?> RecordLoginFailureAsync(long id, long now, int threshold, long lockMicros, CancellationToken cancellation = default) =>
        database.WriteAsync(
            session => session.FirstAsync<UserRow>(
                """
                UPDATE users
                SET failed_logins = failed_logins + 1,
                    locked_until = CASE WHEN failed_logins + 1 >= @threshold THEN @until ELSE locked_until END
                WHERE id = @id
                RETURNING *
                """,
                new { id, threshold = (long)threshold, until = now + lockMicros }),
            cancellation);

    internal static string EmailKey(string email) => email.Trim().ToLowerInvariant();

    private static string SearchText(string email, string name, string firstName, string lastName) =>
        $"{email}\n{name}\n{firstName}\n{lastName}".ToLowerInvariant();

    private static UserRow Merge(UserRow user, UserChange change, long now) => user with
    {
        Email = change.Email ?? user.Email,
        EmailVerifiedAt = change.Email is null || EmailKey(change.Email) == EmailKey(user.Email) ? user.EmailVerifiedAt : null,
        PasswordHash = change.PasswordHash ?? user.PasswordHash,
        Name = change.Name ?? user.Name,
        FirstName = change.FirstName ?? user.FirstName,
        LastName = change.LastName ?? user.LastName,
        Avatar = change.Avatar is null ? user.Avatar : change.Avatar.Length == 0 ? null : change.Avatar,
        Role = change.Role ?? user.Role,
        Status = change.Status ?? user.Status,
        TokenVersion = user.TokenVersion + (change.EndTokens ? 1 : 0),
        Version = user.Version + 1,
        UpdatedAt = now,
    };

    private static Task<int> SaveAsync(Session session, UserRow user) => session.ExecuteAsync(
        """
        UPDATE users
        SET email = @Email, email_key = @emailKey, email_verified_at = @EmailVerifiedAt, password_hash = @PasswordHash, name = @Name, first_name = @FirstName,
            last_name = @LastName, avatar = @Avatar, role = @Role, status = @Status, search_text = @searchText,
            token_version = @TokenVersion, version = @Version, updated_at = @UpdatedAt
        WHERE id = @Id
        """,
        new
        {
            user.Id,
            user.Email,
            emailKey = EmailKey(user.Email),
            user.EmailVerifiedAt,
            user.PasswordHash,
            user.Name,
            user.FirstName,
            user.LastName,
            user.Avatar,
            user.Role,
            user.Status,
            searchText = SearchText(user.Email, user.Name, user.FirstName, user.LastName),
            user.TokenVersion,
            user.Version,
            user.UpdatedAt,
        });
}
