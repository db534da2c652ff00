namespace MyTradeX.Store;

/// <summary>Which files there are and whose. Every write is on disk when its method returns.</summary>
public sealed class FileStore(Database database)
{
    internal static readonly Listing<FileRow, TimeKey> Newest = new(
        "SELECT * FROM files",
        ["created_at", "id"],
        descending: true,
        file => new TimeKey(file.CreatedAt, file.Id),
        key => [key.Time, key.Id]);

    /// <summary>Adds an upload, unless its user would then keep more than they may. Two at once cannot pass the limit together.</summary>
    /// <param name="file">The file.</param>
    /// <param name="most">How much the user may keep, with this one.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<FileOutcome> AddAsync(NewFile file, FileUsage most, long now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(most);
        return database.WriteAsync(
            async session =>
            {
                if (!await LockUserAsync(session, file.UserId))
                    return new FileOutcome(FileWriteStatus.NoUser, null);
                var used = await UsageAsync(session, file.UserId);
                return used.Files + 1 > most.Files || used.Bytes + file.Size > most.Bytes
                    ? new FileOutcome(FileWriteStatus.QuotaExceeded, null)
                    : new FileOutcome(FileWriteStatus.Done, await InsertAsync(session, file, FileRow.Upload, now));
            },
            cancellation);
    }

    /// <summary>Adds a user's picture, has their profile show it, and forgets the one before, all in one step.</summary>
    /// <param name="file">The picture.</param>
    /// <param name="addressOf">The address under which the profile shows the file with an id.</param>
    /// <param name="now">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Null when there is no such user any more.</returns>
    public Task<AvatarChange?> SetAvatarAsync(NewFile file, Func<long, string> addressOf, long now, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(addressOf);
        return database.WriteAsync(
            async session =>
            {
                if (!await LockUserAsync(session, file.UserId))
                    return null;
                var owner = new { userId = file.UserId, purpose = FileRow.Avatar };
                var replaced = await session.ListAsync<string>("DELETE FROM files WHERE user_id = @userId AND purpose = @purpose RETURNING disk_name", owner);
                var added = await InsertAsync(session, file, FileRow.Avatar, now);
                var user = await session.FirstAsync<UserRow>(
                    "UPDATE users SET avatar = @avatar, version = version + 1, updated_at = @now WHERE id = @userId RETURNING *",
                    new { avatar = addressOf(added.Id), now, userId = file.UserId });
                return new AvatarChange(user!, added, replaced);
            },
            cancellation);
    }

    /// <summary>How much a user keeps.</summary>
    public Task<FileUsage> UsageAsync(long userId, CancellationToken cancellation = default) =>
        database.ReadAsync(session => UsageAsync(session, userId), cancellation);

    /// <summary>The file with this id, or null.</summary>
    public Task<FileRow?> GetAsync(long id, CancellationToken cancellation = default) =>
        database.ReadAsync(session => session.FirstAsync<FileRow>("SELECT * FROM files WHERE id = @id", new { id }), cancellation);

    /// <summary>A user's picture, or null.</summary>
    public Task<FileRow?> GetAvatarAsync(long userId, CancellationToken cancellation = default) =>
        database.ReadAsync(
            session => session.FirstAsync<FileRow>("SELECT * FROM files WHERE user_id = @userId AND purpose = @purpose", new { userId, purpose = FileRow.Avatar }),
            cancellation);

    /// <summary>A numbered page of a user's uploads, newest first.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="page">From 1.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Page<FileRow>> ListAsync(long userId, int page, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.PageAsync(session, UploadsOf(userId), page, size), cancellation);

    /// <summary>A page of a user's uploads by cursor; null starts at the newest.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<CursorPage<FileRow, TimeKey>> ListAsync(long userId, Cursor<TimeKey>? cursor, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.CursorPageAsync(session, UploadsOf(userId), cursor, size), cancellation);

    /// <summary>Forgets a file.</summary>
    /// <returns>False when there is no such file.</returns>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellation = default) =>
        database.WriteAsync(async session => await session.ExecuteAsync("DELETE FROM files WHERE id = @id", new { id }) == 1, cancellation);

    /// <summary>Every file of every user, in the order of their ids, a piece at a time.</summary>
    /// <param name="afterId">The last id of the piece before; 0 at first.</param>
    /// <param name="size">At least 1.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<IReadOnlyList<FileOnDisk>> WalkAsync(long afterId, int size, CancellationToken cancellation = default) =>
        await database.ReadAsync(
            session => session.ListAsync<FileOnDisk>(
                """
                SELECT files.id, files.user_id, files.purpose, files.disk_name, users.avatar AS user_avatar
                FROM files JOIN users ON users.id = files.user_id
                WHERE files.id > @afterId ORDER BY files.id LIMIT @size
                """,
                new { afterId, size = (long)size }),
            cancellation);

    /// <summary>Whether a row names this file on disk.</summary>
    public Task<bool> IsNamedAsync(string diskName, CancellationToken cancellation = default) =>
        database.ReadAsync(
            async session => await session.FirstAsync<long>("SELECT COUNT(*) FROM files WHERE disk_name = @diskName", new { diskName }) > 0,
            cancellation);

    internal static Filter UploadsOf(long userId) =>
        new Filter().Where("user_id = @userId", "userId", userId).Where("purpose = @purpose", "purpose", FileRow.Upload);

    private static async Task<bool> LockUserAsync(Session session, long userId) =>
        await session.FirstAsync<long?>($"SELECT id FROM users WHERE id = @userId {session.Dialect.ForUpdate}", new { userId }) is not null;

    private static async Task<FileUsage> UsageAsync(Session session, long userId) =>
        (await session.FirstAsync<FileUsage>(
            "SELECT COUNT(*) AS files, CAST(COALESCE(SUM(size), 0) AS BIGINT) AS bytes FROM files WHERE user_id = @userId AND purpose = @purpose",
            new { userId, purpose = FileRow.Upload }))!;

    private static async Task<FileRow> InsertAsync(Session session, NewFile file, string purpose, long now) =>
        (await session.FirstAsync<FileRow>(
            """
            INSERT INTO files (user_id, purpose, disk_name, name, content_type, size, sha256, created_at)
            VALUES (@UserId, @purpose, @DiskName, @Name, @ContentType, @Size, @Sha256, @now)
            RETURNING *
            """,
            new { file.UserId, purpose, file.DiskName, file.Name, file.ContentType, file.Size, file.Sha256, now }))!;
}
