using MyTradeX.Core;

namespace MyTradeX.Venue.Commands;

/// <summary>A command on its way, and who waits for its result. Continuations leave the sequencer's thread at once.</summary>
sealed class PendingCommand(in Command command) : TaskCompletionSource<CommandResult>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public Command Command = command;
}
