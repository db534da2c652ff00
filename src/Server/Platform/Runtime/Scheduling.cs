using System.Globalization;
using System.Runtime.InteropServices;

namespace MyTradeX.Server.Platform.Runtime;

/// <summary>How the operating system shares the processors among the server's threads.</summary>
internal static partial class Scheduling
{
    const int Batch = 3;

    /// <summary>
    /// Lets whoever is at work finish its turn before another of the server's threads gets the processor. By default Linux interrupts it for each
    /// thread that wakes: the one that watches the sockets then runs once a packet instead of once for many, which under load was every
    /// sixth microsecond of an order. A processor that has nothing to do runs the woken thread at once either way.
    /// </summary>
    /// <remarks>
    /// Holds for the threads that are there and for those that they will start. Where the system refuses, or is another, the server is only
    /// slower. Needs no privilege.
    /// </remarks>
    public static void LetThreadsFinishTheirTurn()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
            _ = SetScheduler(int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), Batch, 0);
    }

    // The third is a structure of one number, which this policy wants to be 0.
    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetScheduler(int thread, int policy, in int priority);
}
