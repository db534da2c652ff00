using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Server.Features.Users;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Observability;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Auth;

/// <summary>A session's tokens just made, and whose they are.</summary>
internal sealed record OpenedSession(string SessionId, string AccessToken, string RefreshToken, UserRow User);

/// <summary>The rules of sessions: signing in, renewing, signing out.</summary>
internal sealed partial class AuthService(
    UserStore users, RefreshTokenStore tokens, UserService userService, Passwords passwords, AccessTokens accessTokens,
    SessionDirectory sessions, AuthOptions options, TimeProvider clock, ILogger<AuthService> log)
{
    /// <summary>Creates a user of the default role, who gets mail, and signs them in.</summary>
    public async Task<OpenedSession> RegisterAsync(string email, string password, PersonName name, CancellationToken cancellation) =>
        await OpenAsync(await userService.CreateAsync(email, password, name, options.DefaultRole, UserStatus.Active, null, cancellation, isGreeted: true), cancellation);

    /// <summary>Signs in. Wording and time of a failure are the same whether the email exists, the password is wrong or the user is locked.</summary>
    /// <exception cref="ApiException"><c>UNAUTHORIZED</c>; <c>FORBIDDEN</c> for a suspended user with the right password.</exception>
    public async Task<OpenedSession> LoginAsync(string email, string password, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var user = await users.GetByEmailAsync(email, cancellation);
        var now = Micros.Now(clock);
        var fits = passwords.Verify(user?.PasswordHash, password, out var needsRenewal);
        var isLocked = user?.LockedUntil > now;
        if (user is null || !fits || isLocked)
        {
            // A locked user's failures do not prolong the lock, or anyone could keep it up for ever.
            if (user is not null && !isLocked)
                await RecordFailureAsync(user, now, cancellation);
            ServerMetrics.SignIn(isLocked ? "locked" : "failed");
            await AnswerSteps.WaitAsync(clock, started, cancellation);
            throw new ApiException(ErrorCode.Unauthorized,
                $"Email or password is wrong, or sign-in is locked: after {options.LockoutFailures} failures in a row it is, for {options.LockoutSeconds} seconds.");
        }
        if (user.StatusOf() == UserStatus.Suspended)
        {
            ServerMetrics.SignIn("suspended");
            throw new ApiException(ErrorCode.Forbidden, "This user is suspended.");
        }
        await users.RecordLoginSuccessAsync(user.Id, now, cancellation);
        if (needsRenewal)
            await users.UpdateAsync(user.Id, new() { PasswordHash = passwords.Hash(password) }, now, cancellation: cancellation);
        ServerMetrics.SignIn("ok");
        return await OpenAsync(user with { LastLogin = now }, cancellation);
    }

    /// <summary>Trades a refresh token for a new pair. A spent one ends the whole session: someone holds a copy.</summary>
    public async Task<OpenedSession> RefreshAsync(string refreshToken, CancellationToken cancellation)
    {
        var sessionId = SessionIdOf(refreshToken) ?? throw InvalidRefreshToken();
        var (successor, stored) = NewRefreshToken(sessionId);
        var rotation = await tokens.RotateAsync(HashOf(refreshToken), stored, cancellation);
        if (rotation.Status == RotationStatus.Reused)
        {
            sessions.Ended(rotation.FamilyId);
            RefreshTokenReused(Ids.User(rotation.UserId), rotation.FamilyId);
        }
        if (rotation.Status != RotationStatus.Rotated)
            throw InvalidRefreshToken();
        var user = await users.GetAsync(rotation.UserId, cancellation);
        if (user is null || user.StatusOf() != UserStatus.Active)
            throw InvalidRefreshToken();
        return new(sessionId, IssueAccess(user, sessionId), successor, user);
    }

    /// <summary>Ends a session: its access and refresh tokens stop working at once.</summary>
    public async Task LogoutAsync(string sessionId, CancellationToken cancellation)
    {
        await tokens.RevokeFamilyAsync(sessionId, Micros.Now(clock), cancellation);
        sessions.Ended(sessionId);
    }

    /// <summary>The session a refresh token names, or null when it is not one of ours by its form.</summary>
    public static string? SessionIdOf(string refreshToken)
    {
        var dot = refreshToken.IndexOf('.');
        return refreshToken.Length <= 200 && dot > 0 ? refreshToken[..dot] : null;
    }

    async Task<OpenedSession> OpenAsync(UserRow user, CancellationToken cancellation)
    {
        var sessionId = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16));
        var (refreshToken, stored) = NewRefreshToken(sessionId);
        await tokens.StartFamilyAsync(sessionId, user.Id, stored, cancellation);
        return new(sessionId, IssueAccess(user, sessionId), refreshToken, user);
    }

    string IssueAccess(UserRow user, string sessionId) => accessTokens.Issue(Ids.User(user.Id), sessionId, user.Role, user.TokenVersion);

    (string Token, NewRefreshToken Stored) NewRefreshToken(string sessionId)
    {
        var token = $"{sessionId}.{WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32))}";
        var now = clock.GetUtcNow();
        return (token, new(HashOf(token), Micros.From(now), Micros.From(now.AddDays(options.RefreshTokenDays))));
    }

    async Task RecordFailureAsync(UserRow user, long now, CancellationToken cancellation)
    {
        var after = await users.RecordLoginFailureAsync(user.Id, now, options.LockoutFailures, options.LockoutSeconds * 1_000_000L, cancellation);
        if (after?.LockedUntil > now)
            Locked(Ids.User(user.Id), after.FailedLogins);
    }

    static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    static ApiException InvalidRefreshToken() => new(ErrorCode.Unauthorized, "The refresh token is not valid any more; sign in again.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "{User} is locked after {Failures} failed sign-ins")]
    partial void Locked(string user, long failures);

    [LoggerMessage(Level = LogLevel.Warning, Message = "a spent refresh token of {User} was used again; session {SessionId} was ended")]
    partial void RefreshTokenReused(string user, string sessionId);
}
