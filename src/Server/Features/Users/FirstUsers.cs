using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Users;

/// <summary>
/// The users of an empty venue. In Development: two logins everyone knows. Elsewhere nothing has a default password: the first administrator
/// comes from <c>--admin-email</c> and <c>--admin-password</c> or the environment, while there is none.
/// </summary>
internal sealed partial class FirstUsers(
    UserStore store, UserService users, AuthOptions options, IHostEnvironment environment, ILogger<FirstUsers> log) : IHostedService
{
    const string KnownPassword = "password123";

    /// <summary>The logins of Development.</summary>
    public static readonly IReadOnlyList<KnownLogin> Known =
        [new("user@example.com", KnownPassword, UserRole.Trader), new("admin@example.com", KnownPassword, UserRole.Admin)];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.AdminEmail is not null && await users.CountAdminsAsync(cancellationToken) == 0)
        {
            // Never someone who is there already: whoever registered with that email first would become administrator.
            if (await store.GetByEmailAsync(options.AdminEmail, cancellationToken) is not null)
                throw new InvalidDataException($"Auth:AdminEmail is {options.AdminEmail}, which a user who is not an administrator has already. Name another email.");
            var faults = new Faults();
            var email = faults.Email(options.AdminEmail, "Auth:AdminEmail");
            faults.ThrowIfAny();
            await users.CreateAsync(email, options.AdminPassword!, new("Administrator", "Administrator", ""), UserRole.Admin, UserStatus.Active, null, cancellationToken);
            AdminCreated(email);
        }
        if (environment.IsDevelopment())
        {
            await EnsureAsync(Known[0], new("John Doe", "John", "Doe"), cancellationToken);
            await EnsureAsync(Known[1], new("Ada Admin", "Ada", "Admin"), cancellationToken);
        }
        else if (await users.CountAdminsAsync(cancellationToken) == 0)
        {
            NoAdmin();
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task EnsureAsync(KnownLogin login, PersonName name, CancellationToken cancellation)
    {
        if (await store.GetByEmailAsync(login.Email, cancellation) is null)
            await users.CreateAsync(login.Email, login.Password, name, login.Role, UserStatus.Active, null, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "created the first administrator, {Email}")]
    partial void AdminCreated(string email);

    [LoggerMessage(Level = LogLevel.Warning, Message = "there is no administrator; start once with --admin-email and --admin-password to create one")]
    partial void NoAdmin();
}
