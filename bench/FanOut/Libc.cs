using System.Runtime.InteropServices;

namespace MyTradeX.Bench.FanOut;

/// <summary>What the load needs of Linux itself, so that one thread serves thousands of sockets with little of its own in between.</summary>
static unsafe partial class Libc
{
    public const int EpollIn = 1, EpollAdd = 1, DoNotWait = 0x40;

    /// <summary>Bytes of one epoll_event, and where its number lies in it: the structure is packed on x86 alone.</summary>
    public static readonly int EventBytes = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16, EventData = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    /// <summary>Keeps this thread, and those it will start, on one processor.</summary>
    public static void PinTo(int processor)
    {
        var mask = 1UL << processor;
        if (SetAffinity(0, sizeof(ulong), &mask) != 0)
            throw new InvalidOperationException($"This machine has no processor {processor} to run on; the benchmark needs two.");
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int EpollControl(int epoll, int operation, int file, byte* e);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int EpollWait(int epoll, byte* events, int max, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Receive(int file, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetAffinity(int thread, nuint bytes, ulong* mask);
}
