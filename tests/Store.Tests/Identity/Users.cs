using Xunit;

namespace MyTradeX.Store.Tests.Identity;

public abstract class Users(Engine engine) : StoreTests(engine)
{
    private UserStore Store => new(Database);

    private static NewUser Someone(string email, string name = "Some One", string role = "TRADER", string status = "ACTIVE") =>
        new() { Email = email, Name = name, Role = role, Status = status, PasswordHash = "hash" };

    private async Task<UserRow> AddAsync(NewUser user, long at = Now)
    {
        var outcome = await Store.CreateAsync(user, at, Cancel);
        Assert.Equal(UserWriteStatus.Done, outcome.Status);
        return outcome.User!;
    }

    [Fact]
    public async Task a_created_user_reads_back_as_written()
    {
        var created = await AddAsync(Someone("Ann@Example.com", "Änn 😀 \\ % _ '") with { FirstName = "Änn", LastName = "O'Neil", Avatar = "/a.png" });

        var read = await Store.GetAsync(created.Id, Cancel);

        Assert.Equal(
            new UserRow
            {
                Id = created.Id,
                Email = "Ann@Example.com",
                PasswordHash = "hash",
                Name = "Änn 😀 \\ % _ '",
                FirstName = "Änn",
                LastName = "O'Neil",
                Avatar = "/a.png",
                Role = "TRADER",
                Status = "ACTIVE",
                Version = 1,
                CreatedAt = Now,
                UpdatedAt = Now,
            },
            read);
        Assert.Equal(created, read);
    }

    [Theory]
    [InlineData("ann@example.com")]
    [InlineData("ANN@EXAMPLE.COM")]
    public async Task an_email_is_one_users_in_any_case(string second)
    {
        var first = await AddAsync(Someone("Ann@Example.com"));

        var outcome = await Store.CreateAsync(Someone(second), Now, Cancel);

        Assert.Equal(new UserOutcome(UserWriteStatus.EmailTaken, null), outcome);
        Assert.Equal(first, await Store.GetByEmailAsync(second, Cancel));
    }

    [Fact]
    public async Task of_many_creating_one_email_at_once_one_succeeds()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.CreateAsync(Someone("race@example.com"), Now, Cancel))));

        Assert.Equal(1, outcomes.Count(outcome => outcome.Status == UserWriteStatus.Done));
        Assert.Equal(7, outcomes.Count(outcome => outcome.Status == UserWriteStatus.EmailTaken));
    }

    [Fact]
    public async Task an_id_is_never_given_twice()
    {
        var first = await AddAsync(Someone("a@example.com"));
        Assert.True(await Store.DeleteAsync(first.Id, Cancel));
        Assert.False(await Store.DeleteAsync(first.Id, Cancel));

        var second = await AddAsync(Someone("a@example.com"));

        Assert.True(second.Id > first.Id);
        Assert.Null(await Store.GetAsync(first.Id, Cancel));
    }

    [Fact]
    public async Task many_are_read_at_once_and_missing_ones_left_out()
    {
        var a = await AddAsync(Someone("a@example.com"));
        var b = await AddAsync(Someone("b@example.com"));

        var found = await Store.GetManyAsync([b.Id, a.Id, 999_999], Cancel);

        Assert.Equal([a, b], found.OrderBy(user => user.Id));
        Assert.Empty(await Store.GetManyAsync([], Cancel));
    }

    [Fact]
    public async Task a_change_touches_what_it_names_and_nothing_else()
    {
        var user = await AddAsync(Someone("a@example.com") with { FirstName = "A", Avatar = "/a.png" });

        var outcome = await Store.UpdateAsync(user.Id, new UserChange { Name = "New", Avatar = "", Status = "SUSPENDED", EndTokens = true }, Now + 5, cancellation: Cancel);

        var expected = user with { Name = "New", Avatar = null, Status = "SUSPENDED", TokenVersion = 1, Version = 2, UpdatedAt = Now + 5 };
        Assert.Equal(new UserOutcome(UserWriteStatus.Done, expected), outcome);
        Assert.Equal(expected, await Store.GetAsync(user.Id, Cancel));
    }

    [Fact]
    public async Task a_change_of_an_older_version_is_refused_and_shows_the_present_one()
    {
        var user = await AddAsync(Someone("a@example.com"));
        var faster = await Store.UpdateAsync(user.Id, new UserChange { Name = "Faster" }, Now, user.Version, Cancel);

        var slower = await Store.UpdateAsync(user.Id, new UserChange { Name = "Slower" }, Now, user.Version, Cancel);

        Assert.Equal(new UserOutcome(UserWriteStatus.VersionConflict, faster.User), slower);
    }

    [Fact]
    public async Task a_change_to_anothers_email_is_refused_and_changes_nothing()
    {
        await AddAsync(Someone("taken@example.com"));
        var user = await AddAsync(Someone("a@example.com"));

        var outcome = await Store.UpdateAsync(user.Id, new UserChange { Email = "TAKEN@example.com", Name = "X" }, Now, cancellation: Cancel);

        Assert.Equal(UserWriteStatus.EmailTaken, outcome.Status);
        Assert.Equal(user, await Store.GetAsync(user.Id, Cancel));
    }

    [Fact]
    public async Task changing_nobody_is_not_found() =>
        Assert.Equal(new UserOutcome(UserWriteStatus.NotFound, null), await Store.UpdateAsync(404, new UserChange { Name = "X" }, Now, cancellation: Cancel));

    [Fact]
    public async Task a_new_email_is_found_by_search_and_the_old_one_is_not()
    {
        var user = await AddAsync(Someone("old@example.com"));
        await Store.UpdateAsync(user.Id, new UserChange { Email = "new@example.com" }, Now, cancellation: Cancel);

        Assert.Equal(1, (await Store.ListAsync(new UserQuery { Search = "new@" }, 1, 10, Cancel)).Total);
        Assert.Equal(0, (await Store.ListAsync(new UserQuery { Search = "old@" }, 1, 10, Cancel)).Total);
    }

    [Fact]
    public async Task failures_lock_at_the_threshold_and_a_good_login_forgets_them()
    {
        var user = await AddAsync(Someone("a@example.com"));

        var first = await Store.RecordLoginFailureAsync(user.Id, Now, 2, 60, Cancel);
        var second = await Store.RecordLoginFailureAsync(user.Id, Now + 1, 2, 60, Cancel);
        await Store.RecordLoginSuccessAsync(user.Id, Now + 99, Cancel);

        Assert.Equal((1L, null), (first!.FailedLogins, first.LockedUntil));
        Assert.Equal((2L, Now + 61), (second!.FailedLogins, second.LockedUntil));
        Assert.Equal(user with { LastLogin = Now + 99 }, await Store.GetAsync(user.Id, Cancel));
        Assert.Null(await Store.RecordLoginFailureAsync(404, Now, 2, 60, Cancel));
    }

    [Fact]
    public async Task failures_at_once_are_all_counted()
    {
        var user = await AddAsync(Someone("a@example.com"));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Store.RecordLoginFailureAsync(user.Id, Now, 100, 60, Cancel))));

        Assert.Equal(10, (await Store.GetAsync(user.Id, Cancel))!.FailedLogins);
    }

    [Theory]
    [InlineData("100%", "percent")]
    [InlineData("_", "underscore")]
    [InlineData("\\", "backslash")]
    [InlineData("'", "quote")]
    [InlineData("ÄRGER", "umlaut")]
    [InlineData("😀", "emoji")]
    [InlineData("PERCENT@", "percent")]
    public async Task search_takes_every_character_as_itself_in_any_case(string search, string expected)
    {
        foreach (var (key, name) in new[] { ("percent", "100% sure"), ("underscore", "a_b"), ("backslash", "a\\b"), ("quote", "a'b"), ("umlaut", "Viel Ärger"), ("emoji", "so 😀"), ("plain", "1000 ab") })
            await AddAsync(Someone(key + "@example.com", name));

        var found = await Store.ListAsync(new UserQuery { Search = search }, 1, 10, Cancel);

        Assert.Equal([expected + "@example.com"], found.Items.Select(user => user.Email));
        Assert.Equal(1, found.Total);
    }

    [Fact]
    public async Task filters_join_and_pages_tell_the_total()
    {
        for (var i = 0; i < 9; i++)
            await AddAsync(Someone($"u{i}@example.com", role: i % 2 == 0 ? "TRADER" : "ADMIN", status: i % 3 == 0 ? "SUSPENDED" : "ACTIVE"));

        var page = await Store.ListAsync(new UserQuery { Role = "TRADER", Status = "ACTIVE", Sort = UserSort.Email, Descending = true }, 2, 2, Cancel);

        Assert.Equal(["u2@example.com"], page.Items.Select(user => user.Email));
        Assert.Equal(3, page.Total);
        Assert.Empty((await Store.ListAsync(new UserQuery(), int.MaxValue, 100, Cancel)).Items);
    }

    public static TheoryData<UserSort, bool> Orders()
    {
        var orders = new TheoryData<UserSort, bool>();
        foreach (var sort in Enum.GetValues<UserSort>())
        {
            orders.Add(sort, false);
            orders.Add(sort, true);
        }

        return orders;
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task a_walk_by_cursor_gives_each_user_once_there_and_back(UserSort sort, bool descending)
    {
        string[] names = ["bob", "Bob", "Älva", "zed", "", "anna", "Anna", "a b", "ab", "B"];
        for (var i = 0; i < names.Length; i++)
        {
            var user = await AddAsync(Someone($"{(char)('z' - i)}@example.com", names[i], i % 2 == 0 ? "USER" : "ADMIN") with { FirstName = names[i], LastName = names[^(i + 1)] }, Now + (i % 3));
            if (i % 4 == 0)
                await Store.RecordLoginSuccessAsync(user.Id, Now + i, Cancel);
        }

        var query = new UserQuery { Sort = sort, Descending = descending };
        var numbered = (await Store.ListAsync(query, 1, 100, Cancel)).Items;
        var forth = new List<CursorPage<UserRow, UserKey>> { await Store.ListAsync(query, null, 3, Cancel) };
        while (forth[^1].Next is { } next)
            forth.Add(await Store.ListAsync(query, next, 3, Cancel));
        var back = new List<CursorPage<UserRow, UserKey>> { forth[^1] };
        while (back[^1].Previous is { } previous)
            back.Add(await Store.ListAsync(query, previous, 3, Cancel));

        Assert.Null(forth[0].Previous);
        Assert.Equal(numbered, forth.SelectMany(page => page.Items));
        back.Reverse();
        Assert.Equal(numbered, back.SelectMany(page => page.Items));
    }

    [Fact]
    public async Task names_sort_without_regard_to_case_and_the_same_on_every_database()
    {
        foreach (var name in new[] { "b", "A", "ä", "C", "a b", "ab" })
            await AddAsync(Someone(Guid.NewGuid() + "@example.com", name));

        var sorted = await Store.ListAsync(new UserQuery { Sort = UserSort.Name }, 1, 10, Cancel);

        Assert.Equal(["A", "a b", "ab", "b", "C", "ä"], sorted.Items.Select(user => user.Name));
    }

    [Fact]
    public async Task a_walk_by_cursor_does_not_move_when_users_come_and_go_around_it()
    {
        foreach (var name in new[] { "b", "d", "f", "h" })
            await AddAsync(Someone(name + "@example.com", name));
        var query = new UserQuery { Sort = UserSort.Email };
        var first = await Store.ListAsync(query, null, 2, Cancel);

        await AddAsync(Someone("a@example.com", "a"));
        await AddAsync(Someone("e@example.com", "e"));
        await Store.DeleteAsync(first.Items[1].Id, Cancel);
        var second = await Store.ListAsync(query, first.Next, 2, Cancel);
        var before = await Store.ListAsync(query, second.Previous, 9, Cancel);

        Assert.Equal(["b", "d"], first.Items.Select(user => user.Name));
        Assert.Equal(["e", "f"], second.Items.Select(user => user.Name));
        Assert.Equal(["a", "b"], before.Items.Select(user => user.Name));
        Assert.Null(before.Previous);
        Assert.NotNull(before.Next);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task a_page_without_bounds_is_refused(int size)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ListAsync(new UserQuery(), 1, size, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ListAsync(new UserQuery(), null, size, Cancel));
    }

    public sealed class OnSqlite() : Users(Engine.Sqlite);

    public sealed class OnPostgres() : Users(Engine.Postgres);
}
