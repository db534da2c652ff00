using Xunit;

namespace MyTradeX.Store.Tests;

/// <summary>What is true of the embedded database alone.</summary>
public sealed class SqliteFile() : StoreTests(Engine.Sqlite)
{
    private static NewUser Someone(int number) => new() { Email = $"u{number}@example.com", Name = "U", Role = "USER", Status = "ACTIVE" };

    private UserStore Users => new(Database);

    [Fact]
    public async Task identity_is_synced_at_every_commit_and_readers_do_not_block_it()
    {
        var settings = await Database.WriteAsync(
            async session => (await session.FirstAsync<long>("PRAGMA synchronous"), await session.FirstAsync<string>("PRAGMA journal_mode"), await session.FirstAsync<long>("PRAGMA foreign_keys")),
            Cancel);

        Assert.Equal((2, "wal", 1), settings);
    }

    [Fact]
    public async Task a_reader_cannot_write() =>
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Database.ReadAsync(session => session.ExecuteAsync("DELETE FROM users"), Cancel));

    [Fact]
    public async Task a_backup_is_one_moment_of_a_database_that_goes_on()
    {
        var stop = false;
        var written = 0;
        var writing = Task.Run(
            async () =>
            {
                while (!Volatile.Read(ref stop))
                    await Users.CreateAsync(Someone(++written), Now, Cancel);
            },
            Cancel);
        while (Volatile.Read(ref written) < 20)
            await Task.Yield();
        var path = Path.Combine(Folder, "backup.db");

        await Database.BackupToAsync(path, Cancel);
        Volatile.Write(ref stop, true);
        await writing;

        await using var copy = Database.Create(StoreOptions.Sqlite(path));
        await copy.MigrateAsync(Cancel);
        Assert.Empty(await copy.CheckIntegrityAsync(Cancel));
        var all = await new UserStore(copy).ListAsync(new UserQuery(), 1, 1_000, Cancel);
        Assert.InRange(all.Total, 19, written);
        // A quick machine writes more than one page holds.
        Assert.Equal(Enumerable.Range(1, (int)Math.Min(all.Total, 1_000)).Select(id => (long)id), all.Items.Select(user => (long)user.Id));
        Assert.Equal(UserWriteStatus.Done, (await new UserStore(copy).CreateAsync(Someone(0), Now, Cancel)).Status);
    }

    [Fact]
    public async Task a_backup_never_overwrites()
    {
        var path = Path.Combine(Folder, "taken.db");
        await File.WriteAllTextAsync(path, "precious", Cancel);

        await Assert.ThrowsAsync<IOException>(() => Database.BackupToAsync(path, Cancel));

        Assert.Equal("precious", await File.ReadAllTextAsync(path, Cancel));
    }

    [Fact]
    public async Task a_full_disk_is_unavailable_until_there_is_room_and_nothing_is_half_written()
    {
        await Users.CreateAsync(Someone(1), Now, Cancel);
        // The connection may not grow the file any more, which SQLite reports as it does a full disk.
        await Database.WriteAsync(session => session.FirstAsync<long>("PRAGMA max_page_count = 1"), Cancel);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Users.CreateAsync(Someone(2) with { Name = new string('x', 100_000) }, Now, Cancel));

        Assert.Null(await Users.GetByEmailAsync("u2@example.com", Cancel));
        Assert.Equal(UserWriteStatus.Done, (await Users.CreateAsync(Someone(2), Now, Cancel)).Status);
    }

    [Fact]
    public async Task a_file_that_is_no_database_is_unavailable_and_has_findings()
    {
        var path = Path.Combine(Folder, "text.db");
        await File.WriteAllTextAsync(path, new string('x', 10_000), Cancel);
        await using var broken = Database.Create(StoreOptions.Sqlite(path));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => broken.MigrateAsync(Cancel));
        Assert.NotEmpty(await broken.CheckIntegrityAsync(Cancel));
    }

    [Fact]
    public async Task damage_inside_the_file_is_found()
    {
        for (var i = 0; i < 300; i++)
            await Users.CreateAsync(Someone(i), Now, Cancel);
        var path = Path.Combine(Folder, "copy.db");
        await Database.BackupToAsync(path, Cancel);
        var bytes = await File.ReadAllBytesAsync(path, Cancel);
        for (var page = 8; page < bytes.Length / 4096; page++)
            Array.Fill(bytes, (byte)0xA5, page * 4096, 64);
        await File.WriteAllBytesAsync(path, bytes, Cancel);

        await using var damaged = Database.Create(StoreOptions.Sqlite(path));

        Assert.NotEmpty(await damaged.CheckIntegrityAsync(Cancel));
    }

    [Fact]
    public async Task a_folder_that_cannot_be_made_is_unavailable()
    {
        var file = Path.Combine(Folder, "file");
        await File.WriteAllTextAsync(file, "", Cancel);
        await using var nowhere = Database.Create(StoreOptions.Sqlite(Path.Combine(file, "store.db")));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => nowhere.MigrateAsync(Cancel));
    }

    [Fact]
    public async Task what_was_written_is_there_after_reopening()
    {
        var user = (await Users.CreateAsync(Someone(1), Now, Cancel)).User;
        await Database.DisposeAsync();

        await using var again = Database.Create(Options);
        await again.MigrateAsync(Cancel);

        Assert.Equal(user, await new UserStore(again).GetAsync(user!.Id, Cancel));
    }
}
