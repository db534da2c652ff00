using System.CommandLine;
using MyTradeX.Cli.Terminal;
using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Wire;
using Spectre.Console;

namespace MyTradeX.Cli.Commands;

/// <summary>mytradex login: signs in and stores the session for this user alone.</summary>
internal static class LoginCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var email = new Argument<string>("email") { Description = "Who signs in." };
        var password = new Option<string?>("--password") { Description = "The password; other users of this machine may see it while the command runs. Else $MYTRADEX_PASSWORD, else asked for, else the first line of the input." };
        var command = new ToolCommand("login", """
            Sign in. The session is kept in a file that only you can read.

            Examples:
              mytradex login user@example.com
              echo "$SECRET" | mytradex login user@example.com --server https://venue.example.com
            """)
        { email, password };
        command.Does(environment, async (context, cancellation) =>
        {
            var secret = context.Value(password) ?? environment.Variable("MYTRADEX_PASSWORD") ?? Ask(environment);
            using var client = context.Connect();
            try
            {
                await client.Auth.LoginAsync(context.Value(email), secret, cancellation);
            }
            catch (Client.ApiException refusal) when (refusal.Status == System.Net.HttpStatusCode.Unauthorized)
            {
                throw new CommandFailedException(ExitCode.NotSignedIn, new(refusal.Code, refusal.Message, "Check email and password, and the server.", refusal.RequestId));
            }
            var me = await client.Auth.MeAsync(cancellation);
            context.Screen.Show(me, Draw);
            return ExitCode.Ok;

            Markup Draw(Me user) => new($"Signed in to {Markup.Escape($"{context.Server}")} as [bold]{Markup.Escape(user.Name)}[/] ({Markup.Escape(user.Email)}, {WireName.Of(user.Role)}).\n");
        });
        return command;
    }

    static string Ask(CliEnvironment environment) =>
        environment.IsInteractive && !Console.IsInputRedirected
            ? AnsiConsole.Prompt(new TextPrompt<string>("Password:").Secret())
            : environment.In.ReadLine()
                ?? throw new CommandFailedException(ExitCode.Usage, new("USAGE", "There is no password.", "Type it, pipe it in, or set $MYTRADEX_PASSWORD."));
}

/// <summary>mytradex logout: ends the session on the server and here.</summary>
internal static class LogoutCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var command = new ToolCommand("logout", "Sign out, on the server and here.");
        command.Does(environment, async (context, cancellation) =>
        {
            using var client = context.SignedIn();
            await client.Auth.LogoutAsync(cancellation);
            context.Screen.Show(new { signedOut = true }, _ => new Markup("Signed out.\n"));
            return ExitCode.Ok;
        });
        return command;
    }
}
