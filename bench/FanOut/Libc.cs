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

    /// <summary>SOL_SOCKET and SO_TIMESTAMPNS: the system notes when bytes come in at a socket.</summary>
    public const int SocketLevel = 1, StampArrivals = 35;

    /// <summary>Reads, and tells when the last of what was read had come in at the socket: nanoseconds since 1970 UTC, 0 when the system does not say.</summary>
    public static nint Receive(int file, byte* buffer, nuint length, int flags, out long arrivedAt)
    {
        var control = stackalloc byte[ControlBytes];
        var piece = new Piece { Start = buffer, Length = length };
        var message = new Message { Pieces = &piece, PieceCount = 1, Control = control, ControlLength = ControlBytes };
        var count = ReceiveMessage(file, &message, flags);
        // A control message: its length, level and kind, then two numbers: seconds and nanoseconds.
        var isStamped = count > 0 && message.ControlLength >= 32 && *(int*)(control + 8) == SocketLevel && *(int*)(control + 12) == StampArrivals;
        arrivedAt = isStamped ? (*(long*)(control + 16) * 1_000_000_000) + *(long*)(control + 24) : 0;
        return count;
    }

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ReceiveMessage(int file, Message* message, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetAffinity(int thread, nuint bytes, ulong* mask);

    const int ControlBytes = 128;

    /// <summary>iovec.</summary>
    struct Piece
    {
        public byte* Start;
        public nuint Length;
    }

    /// <summary>msghdr of 64-bit systems.</summary>
    struct Message
    {
        public void* Name;
        public nuint NameLength;
        public Piece* Pieces;
        public nuint PieceCount;
        public byte* Control;
        public nuint ControlLength;
        public nint Flags;
    }
}
