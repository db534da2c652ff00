using System.CommandLine;
using MyTradeX.Cli.Sessions;
using MyTradeX.Cli.Terminal;
using MyTradeX.Client;

namespace MyTradeX.Cli.Commands;

/// <summary>What a running command has at hand.</summary>
internal sealed class CommandContext(CliEnvironment environment, ParseResult arguments)
{
    static readonly Uri _defaultServer = new("http://localhost:3001");

    public CliEnvironment Environment => environment;

    public Screen Screen { get; } = new(environment, arguments.GetValue(GlobalOptions.Json));

    /// <summary>The server: as given, else MYTRADEX_SERVER, else the local one.</summary>
    public Uri Server { get; } = ServerOf(arguments.GetValue(GlobalOptions.Server) ?? environment.Variable("MYTRADEX_SERVER"));

    public T? Value<T>(Option<T> option) => arguments.GetValue(option);

    public T Value<T>(Argument<T> argument) => arguments.GetValue(argument)!;

    /// <summary>A client with the stored session.</summary>
    public MyTradeXClient Connect(int? maxRetries = null)
    {
        var options = new MyTradeXClientOptions { BaseAddress = Server, SessionStore = new FileSessionStore(environment.ConfigFolder, Server) };
        return new(maxRetries is { } retries ? options with { MaxRetries = retries } : options);
    }

    /// <summary>A client with a session, or the reason why there is none.</summary>
    public MyTradeXClient SignedIn(int? maxRetries = null)
    {
        var client = Connect(maxRetries);
        if (client.Session is not null) return client;
        client.Dispose();
        throw NotSignedIn();
    }

    public CommandFailedException NotSignedIn() => new(
        ExitCode.NotSignedIn, new("UNAUTHORIZED", $"Nobody is signed in to {Server}.", $"Sign in first: mytradex login <email> --server {Server}"));

    static Uri ServerOf(string? text)
    {
        if (text is null) return _defaultServer;
        if (Uri.TryCreate(text, UriKind.Absolute, out var server) && server.Scheme is "http" or "https") return server;
        throw new CommandFailedException(ExitCode.Usage, new("USAGE", $"'{text}' is not a server's address.", "Give one such as http://localhost:3001."));
    }
}

/// <summary>Options that every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly Option<bool> Json = new("--json") { Description = "Write JSON instead of tables.", Recursive = true };

    public static readonly Option<string?> Server = new("--server")
    {
        Description = "The server, else $MYTRADEX_SERVER, else http://localhost:3001.",
        HelpName = "url",
        Recursive = true,
    };
}
