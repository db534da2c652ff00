using System.CommandLine;
using MyTradeX.Cli.Replay;
using MyTradeX.Cli.Terminal;

namespace MyTradeX.Cli.Commands;

/// <summary>mytradex replay lobster: real order flow through the real exchange core.</summary>
internal static class ReplayCommand
{
    public static Command Create(CliEnvironment environment) =>
        new ToolCommand("replay", "Drive recorded order flow through the exchange core.") { Lobster(environment) };

    static ToolCommand Lobster(CliEnvironment environment)
    {
        var messages = new Argument<FileInfo>("message-file") { Description = "LOBSTER message file, plain or gzip." };
        messages.AcceptExistingOnly();
        var orderbook = Existing("--orderbook", "LOBSTER orderbook file: all levels after each event, or after the first of them.");
        var bbo = Existing("--bbo", "Best ask price and size, best bid price and size after each event.");
        var opening = Existing("--opening", "One row in the orderbook file's form: the book before the first event. Else taken from the first row of the orderbook file, or of the best prices.");
        var command = new ToolCommand("lobster", """
            Drive LOBSTER order flow through the exchange core in this process, and compare the book after every event with the file's own.

            The orderbook and best-price files are found beside the message file when they are named like it.

            Examples:
              mytradex replay lobster AAPL_2012-06-21_34200_36000_message_50.csv.gz
              mytradex replay lobster messages.csv --orderbook levels.csv --json

            Ends with 1 when a row differs or an execution hits another order, and nothing in the data explains it.
            """)
        { messages, orderbook, bbo, opening };
        command.Does(environment, (context, _) =>
        {
            var files = LobsterFiles.Locate(
                context.Value(messages).FullName, context.Value(orderbook)?.FullName, context.Value(bbo)?.FullName, context.Value(opening)?.FullName);
            var report = context.Screen.Progress($"Replaying {Path.GetFileName(files.Messages)}", progress => LobsterReplay.Run(files, progress));
            context.Screen.Show(ReplaySummary.Of(files, report), summary => summary.Draw());
            return Task.FromResult(report.Succeeded ? ExitCode.Ok : ExitCode.Failed);
        });
        return command;
    }

    static Option<FileInfo?> Existing(string name, string description)
    {
        var option = new Option<FileInfo?>(name) { Description = description, HelpName = "file" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<FileInfo?>() is { Exists: false } missing) result.AddError($"File does not exist: '{missing}'.");
        });
        return option;
    }
}
