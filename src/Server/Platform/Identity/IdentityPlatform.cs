using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using MyTradeX.Server.Platform.Settings;

namespace MyTradeX.Server.Platform.Identity;

internal static class IdentityPlatform
{
    /// <summary>Tokens, sessions and permissions.</summary>
    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        builder.AddSettings<AuthOptions>("Auth");
        builder.Services.AddSingleton<KeyRing>();
        builder.Services.AddHostedService(services => services.GetRequiredService<KeyRing>());
        builder.Services.AddSingleton<AccessTokens>();
        builder.Services.AddSingleton<SessionDirectory>();
        builder.Services.AddSingleton<SessionCookies>();
        // The core alone: AddAuthentication would also set up data protection, which makes keys of its own that nothing here uses.
        builder.Services.AddAuthenticationCore(options => options.DefaultScheme = TokenAuthentication.Scheme);
        builder.Services.AddWebEncoders();
        new AuthenticationBuilder(builder.Services)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme, null);
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton<IPolicyEvaluator, PermissionEvaluator>();
        builder.Services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
    }
}
