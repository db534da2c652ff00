using Xunit;

namespace MyTradeX.Store.Tests.Files;

public abstract class Files(Engine engine) : StoreTests(engine)
{
    private static readonly FileUsage Plenty = new() { Files = 100, Bytes = 1_000 };

    private FileStore Store => new(Database);

    private UserStore UsersOf => new(Database);

    [Fact]
    public async Task keep_every_column()
    {
        var user = await UserAsync();
        var outcome = await Store.AddAsync(File(user, "a", 12), Plenty, Now, Cancel);
        Assert.Equal(FileWriteStatus.Done, outcome.Status);
        Assert.Equal(
            new FileRow { Id = outcome.File!.Id, UserId = user, Purpose = "UPLOAD", DiskName = "a", Name = "a.txt", ContentType = "text/plain", Size = 12, Sha256 = "00ff", CreatedAt = Now },
            await Store.GetAsync(outcome.File.Id, Cancel));
        Assert.True(await Store.IsNamedAsync("a", Cancel));
        Assert.False(await Store.IsNamedAsync("b", Cancel));
        Assert.True(await Store.DeleteAsync(outcome.File.Id, Cancel));
        Assert.False(await Store.DeleteAsync(outcome.File.Id, Cancel));
        Assert.Null(await Store.GetAsync(outcome.File.Id, Cancel));
    }

    [Fact]
    public async Task are_kept_up_to_the_quota_and_no_further_in_number_or_bytes()
    {
        var (user, other) = (await UserAsync(), await UserAsync());
        Assert.Equal(FileWriteStatus.Done, (await Store.AddAsync(File(other, "o", 900), Plenty, Now, Cancel)).Status);
        Assert.Equal(FileWriteStatus.Done, (await Store.AddAsync(File(user, "a", 600), Plenty, Now, Cancel)).Status);
        Assert.Equal(FileWriteStatus.QuotaExceeded, (await Store.AddAsync(File(user, "b", 401), Plenty, Now, Cancel)).Status);
        Assert.Equal(FileWriteStatus.Done, (await Store.AddAsync(File(user, "b", 400), Plenty, Now, Cancel)).Status);
        Assert.Equal(new FileUsage { Files = 2, Bytes = 1_000 }, await Store.UsageAsync(user, Cancel));
        Assert.Equal(FileWriteStatus.QuotaExceeded, (await Store.AddAsync(File(user, "c", 0), new() { Files = 2, Bytes = 5_000 }, Now, Cancel)).Status);
        Assert.Equal(FileWriteStatus.NoUser, (await Store.AddAsync(File(999, "d", 1), Plenty, Now, Cancel)).Status);
    }

    [Fact]
    public async Task added_at_once_do_not_pass_the_quota_together()
    {
        var user = await UserAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() => Store.AddAsync(File(user, $"f{number}", 300), Plenty, Now, Cancel))));
        Assert.Equal(3, outcomes.Count(outcome => outcome.Status == FileWriteStatus.Done));
    }

    [Fact]
    public async Task that_are_pictures_replace_each_other_and_the_profiles_address()
    {
        var user = await UserAsync();
        var first = await Store.SetAvatarAsync(File(user, "one", 700), id => $"/picture/{id}", Now, Cancel);
        Assert.Equal(($"/picture/{first!.File.Id}", 2, Now), (first.User.Avatar, first.User.Version, first.User.UpdatedAt));
        Assert.Empty(first.Replaced);
        var second = await Store.SetAvatarAsync(File(user, "two", 700), id => $"/picture/{id}", Now + 1, Cancel);
        Assert.Equal(["one"], second!.Replaced);
        Assert.Equal(second.File, await Store.GetAvatarAsync(user, Cancel));
        Assert.Equal(second.User, await UsersOf.GetAsync(user, Cancel));
        // They count in no quota and are in no list.
        Assert.Equal(new FileUsage(), await Store.UsageAsync(user, Cancel));
        Assert.Empty((await Store.ListAsync(user, 1, 10, Cancel)).Items);
        Assert.Null(await Store.SetAvatarAsync(File(999, "three", 1), id => $"{id}", Now, Cancel));
    }

    [Fact]
    public async Task of_a_user_are_listed_newest_first_both_ways()
    {
        var (user, other) = (await UserAsync(), await UserAsync());
        var ids = new List<long>();
        foreach (var (owner, name, at) in new[] { (user, "a", 1L), (other, "x", 2L), (user, "b", 2L), (user, "c", 2L) })
            ids.Add((await Store.AddAsync(File(owner, name, 1), Plenty, Now + at, Cancel)).File!.Id);
        var page = await Store.ListAsync(user, 1, 2, Cancel);
        Assert.Equal((3, ids[3], ids[2]), (page.Total, page.Items[0].Id, page.Items[1].Id));
        var first = await Store.ListAsync(user, null, 2, Cancel);
        Assert.Equal([ids[3], ids[2]], first.Items.Select(file => file.Id));
        Assert.Equal([ids[0]], (await Store.ListAsync(user, first.Next, 2, Cancel)).Items.Select(file => file.Id));
    }

    [Fact]
    public async Task go_with_their_user_and_are_walked_with_what_the_profile_shows()
    {
        var (user, other) = (await UserAsync(), await UserAsync());
        await Store.AddAsync(File(user, "a", 1), Plenty, Now, Cancel);
        var picture = await Store.SetAvatarAsync(File(other, "p", 1), id => "shown", Now, Cancel);
        await Store.AddAsync(File(other, "b", 1), Plenty, Now, Cancel);
        await UsersOf.DeleteAsync(user, Cancel);
        var first = await Store.WalkAsync(0, 1, Cancel);
        Assert.Equal(new FileOnDisk { Id = picture!.File.Id, UserId = other, Purpose = "AVATAR", DiskName = "p", UserAvatar = "shown" }, Assert.Single(first));
        Assert.Equal("b", Assert.Single(await Store.WalkAsync(first[0].Id, 10, Cancel)).DiskName);
    }

    private static NewFile File(long user, string diskName, long size) =>
        new() { UserId = user, DiskName = diskName, Name = "a.txt", ContentType = "text/plain", Size = size, Sha256 = "00ff" };

    private async Task<long> UserAsync() =>
        (await UsersOf.CreateAsync(new() { Email = $"{Guid.NewGuid():n}@example.com", Name = "A", Role = "USER", Status = "ACTIVE" }, Now, Cancel)).User!.Id;

    public sealed class OnSqlite() : Files(Engine.Sqlite);

    public sealed class OnPostgres() : Files(Engine.Postgres);
}
