using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using MyTradeX.Contracts.Identity;

namespace MyTradeX.Server.Platform.Identity;

/// <summary>An endpoint's need, for the policy, the refusal's wording and the documents.</summary>
internal sealed record RequiredPermission(Permission Permission) : IAuthorizationRequirement;

/// <summary>
/// Lets a caller in or not. What endpoints here ask for – somebody, with a permission – is looked up at once; any other requirement goes the
/// framework's way, through its handlers.
/// </summary>
internal sealed class PermissionEvaluator(IAuthorizationService authorization) : PolicyEvaluator(authorization)
{
    static readonly Task<PolicyAuthorizationResult> Allowed = Task.FromResult(PolicyAuthorizationResult.Success());

    public override Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context) =>
        policy.AuthenticationSchemes.Count == 0 && context.User is CallerPrincipal caller ? caller.Result : base.AuthenticateAsync(policy, context);

    public override Task<PolicyAuthorizationResult> AuthorizeAsync(
        AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource) =>
        Caller.Of(context.User) is { } caller && IsMet(policy.Requirements, caller) ? Allowed : base.AuthorizeAsync(policy, authenticationResult, context, resource);

    static bool IsMet(IReadOnlyList<IAuthorizationRequirement> requirements, Caller caller)
    {
        for (var i = 0; i < requirements.Count; i++)
        {
            if (!(requirements[i] is DenyAnonymousAuthorizationRequirement || (requirements[i] is RequiredPermission needed && caller.May(needed.Permission))))
                return false;
        }
        return true;
    }
}

/// <summary>Answers the framework, where it asks for a <see cref="RequiredPermission"/> by itself.</summary>
internal sealed class PermissionHandler : AuthorizationHandler<RequiredPermission>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequiredPermission requirement)
    {
        if (Caller.Of(context.User)?.May(requirement.Permission) == true)
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

internal static class RequiredPermissionExtensions
{
    /// <summary>Lets in only callers whose role allows this.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder builder, Permission permission) where TBuilder : IEndpointConventionBuilder
    {
        var needed = new RequiredPermission(permission);
        builder.WithMetadata(needed);
        return builder.RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(needed));
    }
}
