using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Users;

/// <summary>Stored users as the wire shows them.</summary>
internal static class UserMapping
{
    public static User ToUser(this UserRow row) => new()
    {
        Id = Ids.User(row.Id),
        Email = row.Email,
        EmailVerified = row.EmailVerifiedAt is not null,
        Name = row.Name,
        FirstName = row.FirstName,
        LastName = row.LastName,
        Avatar = row.Avatar,
        Role = row.RoleOf(),
        Status = row.StatusOf(),
        CreatedAt = Micros.ToInstant(row.CreatedAt),
        UpdatedAt = Micros.ToInstant(row.UpdatedAt),
        LastLogin = Micros.ToInstant(row.LastLogin),
    };

    public static Me ToMe(this UserRow row) => new()
    {
        Id = Ids.User(row.Id),
        Email = row.Email,
        EmailVerified = row.EmailVerifiedAt is not null,
        Name = row.Name,
        FirstName = row.FirstName,
        LastName = row.LastName,
        Avatar = row.Avatar,
        Role = row.RoleOf(),
        Status = row.StatusOf(),
        Permissions = Roles.PermissionsOf(row.RoleOf()),
        CreatedAt = Micros.ToInstant(row.CreatedAt),
        LastLogin = Micros.ToInstant(row.LastLogin),
    };

    public static UserRole RoleOf(this UserRow row) => Parse<UserRole>(row.Role);

    public static UserStatus StatusOf(this UserRow row) => Parse<UserStatus>(row.Status);

    static T Parse<T>(string stored) where T : struct, Enum =>
        WireName.TryParse<T>(stored, out var value) ? value : throw new InvalidDataException($"the store holds '{stored}' as a {typeof(T).Name}");
}
