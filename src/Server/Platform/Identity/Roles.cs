using MyTradeX.Contracts.Identity;

namespace MyTradeX.Server.Platform.Identity;

/// <summary>Which role allows what. The only such table.</summary>
internal static class Roles
{
    static readonly Permission[] User = [Permission.ReadMarketData, Permission.CreateContent];
    static readonly Permission[] Trader =
        [.. User, Permission.ViewPortfolio, Permission.CreateOrders, Permission.CancelOrders, Permission.TransferFunds];
    static readonly Permission[] Moderator = [.. User, Permission.ModerateContent];
    static readonly Permission[] Admin = Enum.GetValues<Permission>();

    /// <summary>What the role allows, in the order of <see cref="Permission"/>'s declaration where roles are equal.</summary>
    public static IReadOnlyList<Permission> PermissionsOf(UserRole role) => role switch
    {
        UserRole.User => User,
        UserRole.Trader => Trader,
        UserRole.Moderator => Moderator,
        UserRole.Admin => Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    public static bool Allow(UserRole role, Permission permission) => PermissionsOf(role).Contains(permission);
}
