using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Features.Mail;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Users;

/// <summary>The rules of users: who they are, what may change, and by whom. Every door and every way of becoming a user comes through here.</summary>
internal sealed class UserService(
    UserStore users, RefreshTokenStore tokens, SessionDirectory sessions, Passwords passwords, DefaultAccounts accounts, Mails mails, TimeProvider clock) : IDisposable
{
    // One at a time, so that two administrators cannot remove each other as the last.
    readonly SemaphoreSlim _adminChange = new(1);

    public async Task<UserRow> GetAsync(long id, CancellationToken cancellation) => await users.GetAsync(id, cancellation) ?? throw NotFound(id);

    /// <summary>Creates a user; the one place where users come from: registration, administrators, first users.</summary>
    /// <param name="isGreeted">Whether they are sent a welcome, and asked to prove their email.</param>
    /// <exception cref="ApiException"><c>USER_EXISTS</c></exception>
    public async Task<UserRow> CreateAsync(
        string email, string password, PersonName name, UserRole role, UserStatus status, string? avatar, CancellationToken cancellation, bool isGreeted = false)
    {
        var outcome = await users.CreateAsync(new()
        {
            Email = email,
            PasswordHash = passwords.Hash(password),
            Name = name.Full,
            FirstName = name.First,
            LastName = name.Last,
            Avatar = avatar,
            Role = WireName.Of(role),
            Status = WireName.Of(status),
            Jobs = isGreeted && mails.Welcome(email, name.Full) is { } welcome ? [welcome] : [],
            ProofOfEmail = isGreeted ? mails.EmailVerification(email, name.Full) : null,
        }, Micros.Now(clock), cancellation);
        if (outcome.Status == UserWriteStatus.EmailTaken)
            throw EmailTaken(email);
        await accounts.WelcomeAsync(outcome.User!.Id);
        return outcome.User;
    }

    /// <summary>
    /// Changes a user. Users change their own name, picture, and (with their password) email and password; administrators change anything of anyone.
    /// Suspending a user or changing a password ends every session of theirs at once. A new email is asked to be proven.
    /// </summary>
    /// <param name="isWhole">PUT: a name is needed, an absent picture goes. Otherwise PATCH.</param>
    public async Task<UserRow> UpdateAsync(Caller caller, long id, UpdateUserRequest request, bool isWhole, Faults faults, CancellationToken cancellation)
    {
        caller.RequireActFor(id);
        var name = isWhole
            ? PersonName.Require(request.Name, request.FirstName, request.LastName, faults)
            : PersonName.Read(request.Name, request.FirstName, request.LastName, faults);
        var email = request.Email is null ? null : faults.Email(request.Email);
        var avatar = ReadAvatar(request.Avatar, faults);
        if (request.Password is not null)
            faults.Password(request.Password);
        faults.ThrowIfAny();

        var user = await GetAsync(id, cancellation);
        RequireMayChange(caller, user, request);
        var endsSessions = request.Password is not null || (request.Status == UserStatus.Suspended && user.StatusOf() == UserStatus.Active);
        var change = new UserChange
        {
            Email = email,
            ProofOfEmail = email is null ? null : mails.EmailVerification(email, name?.Full ?? user.Name),
            PasswordHash = request.Password is null ? null : passwords.Hash(request.Password),
            Name = name?.Full,
            FirstName = name?.First,
            LastName = name?.Last,
            Avatar = avatar ?? (isWhole ? "" : null),
            Role = request.Role is { } role ? WireName.Of(role) : null,
            Status = request.Status is { } status ? WireName.Of(status) : null,
            EndTokens = endsSessions,
        };
        var mayLoseAdmin = user.RoleOf() == UserRole.Admin && (request.Role is not (null or UserRole.Admin) || request.Status == UserStatus.Suspended);
        return mayLoseAdmin
            ? await WithAnotherAdminAsync(() => WriteAsync(id, change, cancellation), cancellation)
            : await WriteAsync(id, change, cancellation);
    }

    /// <summary>Deletes a user and ends their sessions.</summary>
    public async Task DeleteAsync(long id, CancellationToken cancellation)
    {
        var user = await GetAsync(id, cancellation);
        var isActiveAdmin = user.RoleOf() == UserRole.Admin && user.StatusOf() == UserStatus.Active;
        var deleted = isActiveAdmin
            ? await WithAnotherAdminAsync(() => users.DeleteAsync(id, cancellation), cancellation)
            : await users.DeleteAsync(id, cancellation);
        if (!deleted)
            throw NotFound(id);
        sessions.Deleted(id);
    }

    /// <summary>How many users are active administrators.</summary>
    public async Task<long> CountAdminsAsync(CancellationToken cancellation) =>
        (await users.ListAsync(new() { Role = WireName.Of(UserRole.Admin), Status = WireName.Of(UserStatus.Active) }, page: 1, size: 1, cancellation)).Total;

    public void Dispose() => _adminChange.Dispose();

    /// <summary>A picture's address: https, or a path on this server. Empty takes the picture away.</summary>
    public static string? ReadAvatar(string? avatar, Faults faults)
    {
        var text = faults.OptionalText(avatar, "avatar", 2_048, lengthMin: 0);
        var isAddress = text is null or "" || (text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal))
            || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps);
        faults.Require(isAddress, "avatar", "must be an https address or a path on this server");
        return text;
    }

    async Task<UserRow> WriteAsync(long id, UserChange change, CancellationToken cancellation)
    {
        var outcome = await users.UpdateAsync(id, change, Micros.Now(clock), cancellation: cancellation);
        if (outcome.Status == UserWriteStatus.NotFound)
            throw NotFound(id);
        if (outcome.Status == UserWriteStatus.EmailTaken)
            throw EmailTaken(change.Email!);
        sessions.Changed(outcome.User!);
        // The raised token version has ended the access tokens; this ends what could fetch new ones.
        if (change.EndTokens)
            await tokens.RevokeAllOfUserAsync(id, Micros.Now(clock), CancellationToken.None);
        return outcome.User!;
    }

    void RequireMayChange(Caller caller, UserRow user, UpdateUserRequest request)
    {
        var isAdmin = caller.May(Permission.ManageUsers);
        // Giving a value back unchanged, as a PUT of the whole does, is no change.
        if (!isAdmin && ((request.Role is { } role && role != user.RoleOf()) || (request.Status is { } status && status != user.StatusOf())))
            throw new ApiException(ErrorCode.Forbidden, "Only an administrator changes role and status.");
        var changesEmail = request.Email is { } email && !string.Equals(email.Trim(), user.Email, StringComparison.OrdinalIgnoreCase);
        if (caller.UserId != user.Id || (request.Password is null && !changesEmail))
            return;
        if (request.CurrentPassword is null || !passwords.Verify(user.PasswordHash, request.CurrentPassword, out _))
            throw new ApiException(Refusal.Field("currentPassword", "must be your present password when you change email or password"));
    }

    async Task<T> WithAnotherAdminAsync<T>(Func<Task<T>> change, CancellationToken cancellation)
    {
        await _adminChange.WaitAsync(cancellation);
        try
        {
            if (await CountAdminsAsync(cancellation) <= 1)
                throw new ApiException(ErrorCode.LastAdmin, ErrorCode.LastAdmin.Meaning);
            return await change();
        }
        finally
        {
            _adminChange.Release();
        }
    }

    static ApiException NotFound(long id) => new(ErrorCode.UserNotFound, $"There is no user {Ids.User(id)}.");

    static ApiException EmailTaken(string email) =>
        new(ErrorCode.UserExists, "A user with this email exists already.", new() { Field = "email", Reason = "is taken", Observed = email });
}
