using Xunit;

namespace MyTradeX.Store.Tests.Identity;

public abstract class RefreshTokens(Engine engine) : StoreTests(engine)
{
    private long _userId;

    private RefreshTokenStore Store => new(Database);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var user = new NewUser { Email = "a@example.com", Name = "A", Role = "TRADER", Status = "ACTIVE" };
        _userId = (await new UserStore(Database).CreateAsync(user, Now, Cancel)).User!.Id;
    }

    private static byte[] Hash(int token) => System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(token));

    private static NewRefreshToken Token(int token, long at = Now, long life = 1_000) => new(Hash(token), at, at + life);

    private async Task<RotationStatus> UseAsync(int token, int successor, long at = Now) =>
        (await Store.RotateAsync(Hash(token), Token(successor, at), Cancel)).Status;

    [Fact]
    public async Task each_use_spends_the_token_and_the_successor_works()
    {
        await Store.StartFamilyAsync("f", _userId, Token(1), Cancel);

        Assert.Equal(new Rotation(RotationStatus.Rotated, _userId, "f"), await Store.RotateAsync(Hash(1), Token(2), Cancel));
        Assert.Equal(new Rotation(RotationStatus.Rotated, _userId, "f"), await Store.RotateAsync(Hash(2), Token(3), Cancel));
    }

    [Fact]
    public async Task a_spent_token_used_again_ends_its_family_and_no_other()
    {
        await Store.StartFamilyAsync("f", _userId, Token(1), Cancel);
        await Store.StartFamilyAsync("g", _userId, Token(100), Cancel);
        await UseAsync(1, 2);

        Assert.Equal(RotationStatus.Reused, await UseAsync(1, 3));
        Assert.Equal(RotationStatus.Revoked, await UseAsync(2, 4));
        Assert.Equal(RotationStatus.Revoked, await UseAsync(1, 5));
        Assert.Equal(RotationStatus.Unknown, await UseAsync(3, 6));
        Assert.Equal(RotationStatus.Rotated, await UseAsync(100, 101));
    }

    [Fact]
    public async Task a_token_is_good_before_its_end_and_not_from_it_on()
    {
        await Store.StartFamilyAsync("f", _userId, Token(1, life: 10), Cancel);
        await Store.StartFamilyAsync("g", _userId, Token(2, life: 10), Cancel);

        Assert.Equal(RotationStatus.Rotated, await UseAsync(1, 11, Now + 9));
        Assert.Equal(RotationStatus.Expired, await UseAsync(2, 12, Now + 10));
    }

    [Fact]
    public async Task an_unknown_token_is_unknown() =>
        Assert.Equal(new Rotation(RotationStatus.Unknown, 0, ""), await Store.RotateAsync(Hash(1), Token(2), Cancel));

    [Fact]
    public async Task of_many_uses_at_once_one_rotates_and_the_family_ends()
    {
        for (var round = 0; round < 5; round++)
        {
            var first = round * 100;
            await Store.StartFamilyAsync("f" + round, _userId, Token(first), Cancel);

            var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Task.Run(() => UseAsync(first, first + i))));

            Assert.Equal(1, outcomes.Count(outcome => outcome == RotationStatus.Rotated));
            Assert.Equal(1, outcomes.Count(outcome => outcome == RotationStatus.Reused));
            Assert.Equal(6, outcomes.Count(outcome => outcome == RotationStatus.Revoked));
            Assert.Equal(2, await QueryAsync<long>($"SELECT COUNT(*) FROM refresh_tokens WHERE family_id = 'f{round}'"));
        }
    }

    [Fact]
    public async Task a_reuse_racing_the_successors_use_leaves_no_token_that_works()
    {
        for (var round = 0; round < 10; round++)
        {
            var first = round * 100;
            await Store.StartFamilyAsync("f" + round, _userId, Token(first), Cancel);
            await UseAsync(first, first + 1);

            await Task.WhenAll(Task.Run(() => UseAsync(first, first + 2)), Task.Run(() => UseAsync(first + 1, first + 3)));

            Assert.Contains(await UseAsync(first + 3, first + 4), new[] { RotationStatus.Revoked, RotationStatus.Unknown });
            Assert.Equal(RotationStatus.Revoked, await UseAsync(first + 1, first + 5));
        }
    }

    [Fact]
    public async Task logout_ends_the_family_of_any_of_its_tokens()
    {
        await Store.StartFamilyAsync("f", _userId, Token(1), Cancel);
        await UseAsync(1, 2);

        Assert.True(await Store.RevokeFamilyOfAsync(Hash(2), Now, Cancel));
        Assert.True(await Store.RevokeFamilyOfAsync(Hash(1), Now, Cancel));
        Assert.False(await Store.RevokeFamilyOfAsync(Hash(3), Now, Cancel));
        Assert.Equal(RotationStatus.Revoked, await UseAsync(2, 4));
    }

    [Fact]
    public async Task all_families_of_a_user_end_at_once()
    {
        await Store.StartFamilyAsync("f", _userId, Token(1), Cancel);
        await Store.StartFamilyAsync("g", _userId, Token(2), Cancel);
        await Store.RevokeFamilyAsync("g", Now, Cancel);

        Assert.Equal(1, await Store.RevokeAllOfUserAsync(_userId, Now, Cancel));
        Assert.Equal(RotationStatus.Revoked, await UseAsync(1, 3));
        Assert.Equal(RotationStatus.Revoked, await UseAsync(2, 4));
    }

    [Fact]
    public async Task deleting_the_user_deletes_the_sessions()
    {
        await Store.StartFamilyAsync("f", _userId, Token(1), Cancel);

        await new UserStore(Database).DeleteAsync(_userId, Cancel);

        Assert.Equal(RotationStatus.Unknown, await UseAsync(1, 2));
    }

    [Fact]
    public async Task purging_takes_what_is_over_in_bounded_steps_and_leaves_the_rest()
    {
        for (var i = 0; i < 5; i++)
            await Store.StartFamilyAsync("old" + i, _userId, Token(i, life: 10), Cancel);
        await Store.StartFamilyAsync("live", _userId, Token(50, life: 200), Cancel);
        await UseAsync(50, 51, Now + 5);

        var steps = new List<int>();
        do
            steps.Add(await Store.PurgeExpiredAsync(Now + 100, 3, Cancel));
        while (steps[^1] != 0);

        // At most three tokens and three families a step; a family takes its own last tokens with it, uncounted.
        Assert.True(steps.Count > 2 && steps.All(deleted => deleted <= 6));
        Assert.Equal(1, await QueryAsync<long>("SELECT COUNT(*) FROM refresh_families"));
        Assert.Equal(2, await QueryAsync<long>("SELECT COUNT(*) FROM refresh_tokens"));
        Assert.Equal(RotationStatus.Rotated, await UseAsync(51, 52, Now + 6));
    }

    public sealed class OnSqlite() : RefreshTokens(Engine.Sqlite);

    public sealed class OnPostgres() : RefreshTokens(Engine.Postgres);
}
