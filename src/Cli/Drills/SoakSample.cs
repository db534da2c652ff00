using MyTradeX.Cli.Terminal;
using Spectre.Console.Rendering;

namespace MyTradeX.Cli.Drills;

/// <summary>What one stretch of a soak measured.</summary>
/// <param name="Minute">When it ended, in minutes from the beginning.</param>
/// <param name="ResidentMb">The server's memory in RAM at its end, in 1,000,000 bytes.</param>
/// <param name="Handles">Its open files and sockets.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="JournalMb">Journal and snapshots on disk.</param>
/// <param name="HistoryMb">The rest of the data folder: SQL history for the most part.</param>
/// <param name="OrdersPerSecond">Orders acknowledged.</param>
/// <param name="CancelsPerSecond">Cancels acknowledged.</param>
/// <param name="P99Ms">99 of 100 orders were answered within this.</param>
/// <param name="Refused">Orders refused or unanswered for good.</param>
internal sealed record SoakSample(
    double Minute, double ResidentMb, int Handles, int Threads, double JournalMb, double HistoryMb, double OrdersPerSecond, double CancelsPerSecond, double P99Ms, int Refused)
{
    public static IRenderable Draw(IReadOnlyList<SoakSample> samples) => new FittingTable(
        samples.Select(sample => (string[])[
            $"{sample.Minute:0.0}", $"{sample.ResidentMb:N0}", $"{sample.Handles:N0}", $"{sample.Threads:N0}", $"{sample.JournalMb:N0}", $"{sample.HistoryMb:N0}",
            $"{sample.OrdersPerSecond:N0}", $"{sample.CancelsPerSecond:N0}", $"{sample.P99Ms:0.0}", $"{sample.Refused:N0}"]),
        "#Minute", "#Memory, MB", "#Handles", "#Threads", "#Journal, MB", "#History, MB", "#Orders/s", "#Cancels/s", "#p99, ms", "#Refused");
}
