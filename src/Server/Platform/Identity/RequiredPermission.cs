using MyTradeX.Contracts.Identity;

namespace MyTradeX.Server.Platform.Identity;

/// <summary>An endpoint's need, for the policy, the refusal's wording and the documents.</summary>
internal sealed record RequiredPermission(Permission Permission);

internal static class RequiredPermissionExtensions
{
    /// <summary>Lets in only callers whose role allows this.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder builder, Permission permission) where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(new RequiredPermission(permission));
        return builder.RequireAuthorization(policy => policy
            .RequireAuthenticatedUser()
            .RequireAssertion(context => Caller.Of(context.User)?.May(permission) ?? false));
    }
}
