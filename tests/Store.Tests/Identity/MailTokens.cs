using Xunit;

namespace MyTradeX.Store.Tests.Identity;

public abstract class MailTokens(Engine engine) : StoreTests(engine)
{
    private const long Hour = 60 * Minute;
    private static readonly NewJob Mail = new("mail", "{}");
    private byte _count;

    private MailTokenStore Tokens => new(Database);

    private UserStore Users => new(Database);

    [Fact]
    public async Task a_new_user_comes_with_their_mails_or_not_at_all()
    {
        var told = new List<string>();
        new JobStore(Database).Enqueued += told.AddRange;
        var ann = Someone("ann@example.com") with { Jobs = [Mail], ProofOfEmail = Proof(MailTokenPurposes.EmailVerification) };

        Assert.Equal(UserWriteStatus.Done, (await Users.CreateAsync(ann, Now, Cancel)).Status);
        Assert.Equal(2, await QueryAsync<long>("SELECT COUNT(*) FROM jobs"));
        Assert.Equal(UserWriteStatus.EmailTaken, (await Users.CreateAsync(ann, Now, Cancel)).Status);
        Assert.Equal(2, await QueryAsync<long>("SELECT COUNT(*) FROM jobs"));
        Assert.Equal(1, await QueryAsync<long>("SELECT COUNT(*) FROM mail_tokens"));
        Assert.Equal(["mail"], told);
    }

    [Fact]
    public async Task a_reset_is_good_once_and_ends_what_was()
    {
        var user = await UserAsync();
        var sessions = new RefreshTokenStore(Database);
        await sessions.StartFamilyAsync("a session", user.Id, new([1], Now, Now + Hour), Cancel);
        await Users.RecordLoginFailureAsync(user.Id, Now, 1, Hour, Cancel);
        var proof = Proof(MailTokenPurposes.PasswordReset);
        Assert.True(await Tokens.IssueAsync(user, proof, Now, Minute, Cancel));

        var reset = await Tokens.ResetPasswordAsync(proof.Token.Hash, "new hash", Now + 1, Cancel);

        Assert.Equal(("new hash", 0L, null, user.TokenVersion + 1), (reset!.PasswordHash, reset.FailedLogins, reset.LockedUntil, reset.TokenVersion));
        Assert.False(await sessions.IsFamilyAliveAsync("a session", Cancel));
        Assert.Null(await Tokens.ResetPasswordAsync(proof.Token.Hash, "another", Now + 2, Cancel));
        Assert.Equal("new hash", (await Users.GetAsync(user.Id, Cancel))!.PasswordHash);
    }

    [Fact]
    public async Task of_many_uses_at_once_one_counts()
    {
        var user = await UserAsync();
        var proof = Proof(MailTokenPurposes.PasswordReset);
        await Tokens.IssueAsync(user, proof, Now, Minute, Cancel);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Tokens.ResetPasswordAsync(proof.Token.Hash, $"hash {i}", Now, Cancel))));

        Assert.Single(outcomes, outcome => outcome is not null);
    }

    [Fact]
    public async Task using_one_ends_those_that_were_sent_before()
    {
        var user = await UserAsync();
        var (first, second) = (Proof(MailTokenPurposes.PasswordReset), Proof(MailTokenPurposes.PasswordReset));
        Assert.True(await Tokens.IssueAsync(user, first, Now, Minute, Cancel));
        Assert.True(await Tokens.IssueAsync(user, second, Now + Minute, Minute, Cancel));

        Assert.NotNull(await Tokens.ResetPasswordAsync(second.Token.Hash, "x", Now + Minute, Cancel));

        Assert.Null(await Tokens.ResetPasswordAsync(first.Token.Hash, "y", Now + Minute, Cancel));
    }

    [Fact]
    public async Task a_second_one_is_not_sent_at_once_however_many_ask()
    {
        var user = await UserAsync();

        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Proof(MailTokenPurposes.PasswordReset)).ToList().Select(proof => Task.Run(() => Tokens.IssueAsync(user, proof, Now, Minute, Cancel))));

        Assert.Single(sent, was => was);
        Assert.Equal(1, await QueryAsync<long>("SELECT COUNT(*) FROM jobs"));
        Assert.False(await Tokens.IssueAsync(user, Proof(MailTokenPurposes.PasswordReset), Now + Minute - 1, Minute, Cancel));
        Assert.True(await Tokens.IssueAsync(user, Proof(MailTokenPurposes.EmailVerification), Now, Minute, Cancel));
        Assert.True(await Tokens.IssueAsync(user, Proof(MailTokenPurposes.PasswordReset), Now + Minute, Minute, Cancel));
    }

    [Fact]
    public async Task it_ends_with_its_time_its_purpose_and_its_user()
    {
        var user = await UserAsync();
        var proof = Proof(MailTokenPurposes.PasswordReset);
        await Tokens.IssueAsync(user, proof, Now, Minute, Cancel);

        Assert.Null(await Tokens.VerifyEmailAsync(proof.Token.Hash, Now, Cancel));
        Assert.Null(await Tokens.ResetPasswordAsync(proof.Token.Hash, "x", Now + Hour, Cancel));
        Assert.Null(await Tokens.ResetPasswordAsync([9, 9], "x", Now, Cancel));
        await Users.DeleteAsync(user.Id, Cancel);
        Assert.Null(await Tokens.ResetPasswordAsync(proof.Token.Hash, "x", Now, Cancel));
        Assert.False(await Tokens.IssueAsync(user, Proof(MailTokenPurposes.PasswordReset), Now + Hour, Minute, Cancel));
    }

    [Fact]
    public async Task a_verified_address_is_unproven_once_it_changes_and_older_tokens_are_worth_nothing()
    {
        var user = await UserAsync();
        var (old, reset, fresh) = (Proof(MailTokenPurposes.EmailVerification), Proof(MailTokenPurposes.PasswordReset), Proof(MailTokenPurposes.EmailVerification));
        await Tokens.IssueAsync(user, old, Now, Minute, Cancel);
        await Tokens.IssueAsync(user, reset, Now, Minute, Cancel);
        Assert.Equal(Now + 5, (await Tokens.VerifyEmailAsync(old.Token.Hash, Now + 5, Cancel))!.EmailVerifiedAt);

        var same = (await Users.UpdateAsync(user.Id, new() { Email = user.Email.ToUpperInvariant(), ProofOfEmail = Proof(MailTokenPurposes.EmailVerification) }, Now + 6, cancellation: Cancel)).User!;
        Assert.Equal(Now + 5, same.EmailVerifiedAt);
        var changed = (await Users.UpdateAsync(user.Id, new() { Email = "new@example.com", ProofOfEmail = fresh }, Now + 7, cancellation: Cancel)).User!;
        Assert.Null(changed.EmailVerifiedAt);
        Assert.Null((await Users.GetAsync(user.Id, Cancel))!.EmailVerifiedAt);

        Assert.Null(await Tokens.ResetPasswordAsync(reset.Token.Hash, "x", Now + 8, Cancel));
        Assert.NotNull((await Tokens.VerifyEmailAsync(fresh.Token.Hash, Now + 9, Cancel))!.EmailVerifiedAt);
    }

    [Fact]
    public async Task purging_takes_what_has_run_out()
    {
        var user = await UserAsync();
        var proof = Proof(MailTokenPurposes.PasswordReset);
        await Tokens.IssueAsync(user, proof, Now, Minute, Cancel);

        Assert.Equal(0, await Tokens.PurgeExpiredAsync(Now + Hour, cancellation: Cancel));
        Assert.Equal(1, await Tokens.PurgeExpiredAsync(Now + Hour + 1, cancellation: Cancel));
    }

    private static NewUser Someone(string email) => new() { Email = email, PasswordHash = "hash", Name = "A", Role = "USER", Status = "ACTIVE" };

    private async Task<UserRow> UserAsync() => (await Users.CreateAsync(Someone("ann@example.com"), Now, Cancel)).User!;

    private EmailProof Proof(string purpose) => new(new([7, ++_count], purpose, Now + Hour), Mail);

    public sealed class OnSqlite() : MailTokens(Engine.Sqlite);

    public sealed class OnPostgres() : MailTokens(Engine.Postgres);
}
