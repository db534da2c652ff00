using System.Reflection;
using MyTradeX.Contracts;
using MyTradeX.Server.Features.Users;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Settings;

namespace MyTradeX.Server.Features.About;

/// <summary><c>/about</c>: what the front page needs to know before anyone has signed in.</summary>
internal static class AboutEndpoints
{
    static readonly string Version = typeof(AboutEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static void MapAbout(this RouteGroupBuilder api) =>
        api.MapGroup("/about").WithTags("About").MapGet("", (IHostEnvironment environment, DemoOptions demo) => Api.Ok(new AboutServer
            {
                Name = "MyTradeX",
                Version = Version,
                DemoMarket = demo.Enabled ?? environment.IsDevelopment(),
                Logins = environment.IsDevelopment() ? FirstUsers.Known : null,
            }).Cacheable())
            .AllowAnonymous()
            .Described("getAbout", "Says what this server is", "Needs no sign-in. `logins` are those that everyone knows; they exist in Development only.")
            .Answers(StatusCodes.Status200OK, new AboutServer { Name = "MyTradeX", Version = "0.1.0" });
}
