using System.CommandLine;
using System.CommandLine.Help;
using MyTradeX.Cli.Commands;
using MyTradeX.Cli.Terminal;

namespace MyTradeX.Cli;

/// <summary>The mytradex tool.</summary>
internal static class CliProgram
{
    // After Ctrl+C: a drill unmounts disks and deletes data.
    static readonly TimeSpan _cleanUpWithin = TimeSpan.FromSeconds(30);

    /// <summary>Runs one command line and returns its exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliEnvironment environment)
    {
        var parsed = Root(environment).Parse(arguments);
        var exit = await parsed.InvokeAsync(new()
        {
            Output = environment.Out,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = _cleanUpWithin,
        });
        // Help succeeds whatever else is missing on the line.
        return parsed.Errors.Count > 0 && exit != ExitCode.Ok ? ExitCode.Usage : exit;
    }

    static RootCommand Root(CliEnvironment environment)
    {
        var root = new RootCommand(HelpText.Summary(Help))
        {
            GlobalOptions.Json,
            GlobalOptions.Server,
            LoginCommand.Create(environment),
            LogoutCommand.Create(environment),
            OrderCommand.Create(environment),
            CancelCommand.Create(environment),
            OrdersCommand.Create(environment),
            PositionsCommand.Create(environment),
            BookCommand.Create(environment),
            WatchCommand.Create(environment),
            ReplayCommand.Create(environment),
            VerifyCommand.Create(environment),
            BackupCommand.Create(environment),
            RestoreCommand.Create(environment),
            BenchCommand.Create(environment),
            DrillCommand.Create(environment),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, HelpText.More(Help));
        return root;
    }

    const string Help = """
        Trade on a MyTradeX server, and look after its data.

        Examples:
          mytradex login user@example.com
          mytradex order buy AAPL 10 --limit 150.25
          mytradex watch AAPL MSFT
          mytradex replay lobster AAPL_2012-06-21_34200_36000_message_50.csv.gz
          mytradex backup ./data ./backup
          mytradex drill --kills 20

        Exit codes: 0 done · 1 refused, or a check found a fault · 2 bad command line · 3 no answer from the server · 4 not signed in · 5 cannot be done on this machine · 130 stopped
        """;
}
