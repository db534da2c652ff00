using System.Runtime.InteropServices;

namespace MyTradeX.Simulation.Disks;

/// <summary>What SQLite's interface to the operating system looks like in memory: https://sqlite.org/c3ref/vfs.html and io_methods.html.</summary>
static unsafe partial class SqliteNative
{
    public const int Ok = 0, Busy = 5, IoError = 10, NotFound = 12, Full = 13, CantOpen = 14;
    public const int IoErrorShortRead = IoError | (2 << 8);
    public const int OpenReadOnly = 1, OpenCreate = 4;
    public const int LockNone = 0, LockShared = 1, LockReserved = 2, LockPending = 3, LockExclusive = 4;
    public const int ShmUnlock = 1, ShmShared = 4, ShmLocks = 8;

    /// <summary>An application's writes spare the bytes beside them at a power loss: what the library itself claims of Linux.</summary>
    public const int PowersafeOverwrite = 0x1000;

    [StructLayout(LayoutKind.Sequential)]
    public struct Vfs
    {
        public int Version;
        public int FileBytes;
        public int MaxPath;
        public Vfs* Next;
        public byte* Name;
        public nint AppData;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, File*, int, int*, int> Open;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, int, int> Delete;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, int, int*, int> Access;
        public nint FullPathname, DlOpen, DlError, DlSym, DlClose, Randomness;
        public delegate* unmanaged[Cdecl]<Vfs*, int, int> Sleep;
        public nint CurrentTime, GetLastError, CurrentTimeInt64, SetSystemCall, GetSystemCall, NextSystemCall;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct File
    {
        public Methods* Methods;
        public nint Target;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Methods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<File*, int> Close;
        public delegate* unmanaged[Cdecl]<File*, void*, int, long, int> Read;
        public delegate* unmanaged[Cdecl]<File*, void*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<File*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<File*, int, int> Sync;
        public delegate* unmanaged[Cdecl]<File*, long*, int> FileSize;
        public delegate* unmanaged[Cdecl]<File*, int, int> Lock;
        public delegate* unmanaged[Cdecl]<File*, int, int> Unlock;
        public delegate* unmanaged[Cdecl]<File*, int*, int> CheckReservedLock;
        public delegate* unmanaged[Cdecl]<File*, int, void*, int> FileControl;
        public delegate* unmanaged[Cdecl]<File*, int> SectorSize;
        public delegate* unmanaged[Cdecl]<File*, int> DeviceCharacteristics;
        public delegate* unmanaged[Cdecl]<File*, int, int, int, void**, int> ShmMap;
        public delegate* unmanaged[Cdecl]<File*, int, int, int, int> ShmLock;
        public delegate* unmanaged[Cdecl]<File*, void> ShmBarrier;
        public delegate* unmanaged[Cdecl]<File*, int, int> ShmUnmap;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_initialize")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Initialize();

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial Vfs* FindVfs(byte* name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int RegisterVfs(Vfs* vfs, int makeDefault);
}
