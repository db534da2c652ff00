using System.CommandLine;
using System.Net;
using MyTradeX.Cli.Replay;
using MyTradeX.Cli.Terminal;
using MyTradeX.Client;
using MyTradeX.Journal;

namespace MyTradeX.Cli.Commands;

/// <summary>Runs a command and turns what goes wrong into a message and an exit code, in one place for all.</summary>
internal static class CommandRunner
{
    /// <summary>Lets a command do something.</summary>
    public static void Does(this Command command, CliEnvironment environment, Func<CommandContext, CancellationToken, Task<int>> work) =>
        command.SetAction((arguments, cancellation) => RunAsync(environment, arguments, work, cancellation));

    static async Task<int> RunAsync(
        CliEnvironment environment, ParseResult arguments, Func<CommandContext, CancellationToken, Task<int>> work, CancellationToken cancellation)
    {
        try
        {
            return await work(new(environment, arguments), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception exception) when (Explain(exception) is { } explained)
        {
            new Screen(environment, arguments.GetValue(GlobalOptions.Json)).Fail(explained.Failure);
            return explained.ExitCode;
        }
    }

    static (int ExitCode, Failure Failure)? Explain(Exception exception) => exception switch
    {
        CommandFailedException failed => (failed.ExitCode, failed.Failure),
        ApiException { Status: HttpStatusCode.Unauthorized } refusal => (ExitCode.NotSignedIn, Refused(refusal, "Sign in again: mytradex login <email>")),
        ApiException refusal => (ExitCode.Failed, Refused(refusal, WayOut(refusal))),
        ApiUnreachableException silence => (ExitCode.Unreachable, new(
            "UNREACHABLE", silence.Message,
            silence.IsOutcomeUnknown ? "Look before you repeat it: mytradex orders" : "Is the server running? Name another with --server or $MYTRADEX_SERVER.",
            silence.RequestId)),
        LobsterFormatException format => (ExitCode.Failed, new("MALFORMED_FILE", format.Message, "LOBSTER's message, orderbook and best-price files are read, plain or gzip.")),
        JournalDamagedException damage => (ExitCode.Failed, new("JOURNAL_DAMAGED", damage.Message, "Restore a backup: mytradex restore <backup> <new folder>")),
        JournalInUseException inUse => (ExitCode.Failed, new("JOURNAL_IN_USE", inUse.Message)),
        FileNotFoundException or DirectoryNotFoundException => (ExitCode.Failed, new("NOT_FOUND", exception.Message)),
        InvalidDataException => (ExitCode.Failed, new("INVALID_DATA", exception.Message, "Client and server may be of different versions.")),
        IOException or UnauthorizedAccessException => (ExitCode.Failed, new("IO_ERROR", exception.Message)),
        _ => null,
    };

    static Failure Refused(ApiException refusal, string? wayOut) => new(refusal.Code, refusal.Message, wayOut, refusal.RequestId, refusal.Details);

    static string? WayOut(ApiException refusal)
    {
        if (refusal.Details?.Suggested is { } suggested) return $"Nearest valid value: {suggested}";
        return refusal.RetryAfter is { } wait ? $"Try again in {Math.Ceiling(wait.TotalSeconds):0} s." : null;
    }
}
