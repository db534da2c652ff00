using MyTradeX.Contracts.Identity;
using MyTradeX.Server.Features.Mail;
using MyTradeX.Server.Features.Users;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Auth;

/// <summary>What a user can do who reads their mail: set a new password, and prove that the address is theirs.</summary>
internal sealed partial class AccountRecovery(
    UserStore users, MailTokenStore tokens, Mails mails, Passwords passwords, SessionDirectory sessions, TimeProvider clock, ILogger<AccountRecovery> log)
{
    // Longest token that is looked at; ours are shorter.
    public const int TokenMax = 200;

    // Nobody's mailbox is filled by whoever knows the address.
    const long PauseMicros = 60_000_000;

    /// <summary>Mails a token for a new password. Nothing of the answer, nor the time it takes, tells whether the user exists.</summary>
    public async Task RequestPasswordResetAsync(string email, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        if (await users.GetByEmailAsync(email, cancellation) is { } user && user.StatusOf() == UserStatus.Active && mails.PasswordReset(user.Email, user.Name) is { } proof)
            await tokens.IssueAsync(user, proof, Micros.Now(clock), PauseMicros, cancellation);
        await AnswerSteps.WaitAsync(clock, started, cancellation);
    }

    /// <summary>Sets a new password and ends every session of the user.</summary>
    /// <exception cref="ApiException"><c>VALIDATION_ERROR</c> when the token is not good.</exception>
    public async Task ResetPasswordAsync(string token, string password, CancellationToken cancellation)
    {
        var user = await tokens.ResetPasswordAsync(MailTokens.HashOf(token), passwords.Hash(password), Micros.Now(clock), cancellation) ?? throw NotGood();
        sessions.Changed(user);
        PasswordReset(Ids.User(user.Id));
    }

    /// <summary>Takes note that the email is the user's.</summary>
    /// <exception cref="ApiException"><c>VALIDATION_ERROR</c> when the token is not good.</exception>
    public async Task VerifyEmailAsync(string token, CancellationToken cancellation) =>
        sessions.Changed(await tokens.VerifyEmailAsync(MailTokens.HashOf(token), Micros.Now(clock), cancellation) ?? throw NotGood());

    /// <summary>Mails another token, unless the email is proven or a token was sent within the last minute.</summary>
    public async Task ResendVerificationAsync(long userId, CancellationToken cancellation)
    {
        if (await users.GetAsync(userId, cancellation) is { EmailVerifiedAt: null } user && mails.EmailVerification(user.Email, user.Name) is { } proof)
            await tokens.IssueAsync(user, proof, Micros.Now(clock), PauseMicros, cancellation);
    }

    static ApiException NotGood() => new(Refusal.Field("token", "is not good, or not any more: each works once, for a limited time, and only for the address it was sent to"));

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} has set a new password by mail; their sessions were ended")]
    partial void PasswordReset(string user);
}
