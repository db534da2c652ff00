using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MyTradeX.Journal.Disks;

/// <summary>The two syncs that .NET does not offer: of a file's data without its timestamps, and of a folder.</summary>
static partial class NativeSync
{
    const int Interrupted = 4;

    /// <summary>
    /// Makes a file's bytes and length durable. On Linux by fdatasync: on a file that was filled beforehand it spares the
    /// file system's own journal, which fsync would write for the sake of the modification time.
    /// </summary>
    public static void File(SafeFileHandle handle)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(handle);
            return;
        }

        while (SyncData(handle) != 0)
            ThrowUnlessInterrupted("fdatasync");
    }

    /// <summary>Makes the names in a folder durable. Windows journals them by itself and has no such call.</summary>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = OpenFolder(path, 0);
        if (descriptor < 0)
            throw Error($"open of folder {path}");
        try
        {
            while (SyncAll(descriptor) != 0)
                ThrowUnlessInterrupted($"fsync of folder {path}");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    static void ThrowUnlessInterrupted(string call)
    {
        if (Marshal.GetLastPInvokeError() != Interrupted)
            throw Error(call);
    }

    static IOException Error(string call) =>
        new($"{call} failed: {Marshal.GetLastPInvokeErrorMessage()} (errno {Marshal.GetLastPInvokeError()})");

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncData(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncAll(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
