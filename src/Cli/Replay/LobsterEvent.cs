using MyTradeX.Core;

namespace MyTradeX.Cli.Replay;

/// <summary>What a row of a LOBSTER message file tells, by the file's own numbers.</summary>
internal enum LobsterEventType : byte
{
    Entry = 1,
    Reduction = 2,
    Deletion = 3,
    Execution = 4,
    HiddenExecution = 5,
    Auction = 6,
    Halt = 7,
}

/// <summary>One row of a LOBSTER message file. Prices are dollars × 10,000; the side is the resting order's.</summary>
internal readonly record struct LobsterEvent(long TimeNs, LobsterEventType Type, long OrderId, long Size, long Price, Side Side);

/// <summary>A row that is not what LOBSTER writes.</summary>
internal sealed class LobsterFormatException(string file, int line, string reason)
    : Exception($"{file}, line {line}: {reason}.");
