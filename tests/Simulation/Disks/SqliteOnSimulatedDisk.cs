using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MyTradeX.Store;
using static MyTradeX.Simulation.Disks.SqliteNative;

namespace MyTradeX.Simulation.Disks;

/// <summary>
/// Puts SQLite's files on simulated disks, beside the journal's: the library is real, and so is what a crash leaves of its write-ahead
/// log. Once installed it serves every database of the process; a path belongs to the disk that was attached for it.
/// </summary>
static unsafe class SqliteOnSimulatedDisk
{
    public const string FileName = "store.db";

    static readonly ConcurrentDictionary<string, SimulatedDisk> Disks = new();
    static readonly Methods* FileMethods = (Methods*)NativeMemory.AllocZeroed((nuint)sizeof(Methods));
    static readonly Vfs* Interface = Install();
    static long s_attached;

    /// <summary>Attaches a disk and gives the path under which SQLite finds its file there.</summary>
    public static string Attach(SimulatedDisk disk)
    {
        if (Interface == null) throw new InvalidOperationException("SQLite has not taken the simulated disk.");
        var path = Path.Combine(Path.GetTempPath(), $"mytradex-simulated-{Interlocked.Increment(ref s_attached)}-{FileName}");
        Disks[path] = disk;
        return path;
    }

    public static void Detach(string path) => Disks.TryRemove(path, out _);

    /// <summary>The database's files are named so on every disk.</summary>
    public static bool IsSql(string fileName) => fileName.StartsWith(FileName, StringComparison.Ordinal);

    static Vfs* Install()
    {
        // The store has settings of its own to make, which SQLite takes before it is first used and not after.
        RuntimeHelpers.RunClassConstructor(typeof(SqliteDatabase).TypeHandle);
        if (Initialize() != Ok) return null;
        var vfs = (Vfs*)NativeMemory.AllocZeroed((nuint)sizeof(Vfs));
        *vfs = *FindVfs(null);
        vfs->FileBytes = sizeof(SqliteNative.File);
        vfs->Next = null;
        vfs->Name = (byte*)Marshal.StringToCoTaskMemUTF8("simulated");
        vfs->Open = &Open;
        vfs->Delete = &Delete;
        vfs->Access = &Access;
        vfs->Sleep = &Sleep;
        *FileMethods = new Methods
        {
            Version = 2,
            Close = &Close,
            Read = &Read,
            Write = &Write,
            Truncate = &Truncate,
            Sync = &Sync,
            FileSize = &FileSize,
            Lock = &Lock,
            Unlock = &Unlock,
            CheckReservedLock = &CheckReservedLock,
            FileControl = &FileControl,
            SectorSize = &SectorSize,
            DeviceCharacteristics = &DeviceCharacteristics,
            ShmMap = &ShmMap,
            ShmLock = &ShmLock,
            ShmBarrier = &ShmBarrier,
            ShmUnmap = &ShmUnmap,
        };
        return RegisterVfs(vfs, 1) == Ok ? vfs : null;
    }

    static (SimulatedDisk Disk, string Name)? Find(byte* path)
    {
        var full = Marshal.PtrToStringUTF8((nint)path);
        if (full is null) return null;
        var at = full.IndexOf(FileName, StringComparison.Ordinal);
        return at >= 0 && Disks.TryGetValue(full[..(at + FileName.Length)], out var disk) ? (disk, full[at..]) : null;
    }

    static SqliteFile Of(SqliteNative.File* file) => (SqliteFile)GCHandle.FromIntPtr(file->Target).Target!;

    /// <summary>No exception may cross into SQLite: the disk's are told as its error codes, and a machine that stands still fails every call.</summary>
    static int Guard(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (PowerLostException)
        {
            return IoError;
        }
        catch (IOException error)
        {
            return error.Message.StartsWith("No space", StringComparison.Ordinal) ? Full : IoError;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Open(Vfs* vfs, byte* path, SqliteNative.File* file, int flags, int* flagsOut)
    {
        file->Methods = null;
        if (Find(path) is not { } found) return CantOpen;
        return Guard(() =>
        {
            var (disk, name) = found;
            var isNew = !disk.Exists(name);
            if (isNew && (flags & OpenCreate) == 0) return CantOpen;
            var handle = isNew ? disk.CreateHandle(name) : disk.OpenHandle(name, (flags & OpenReadOnly) == 0);
            file->Target = GCHandle.ToIntPtr(GCHandle.Alloc(new SqliteFile(disk, handle, name, isNew)));
            file->Methods = FileMethods;
            if (flagsOut != null) *flagsOut = flags;
            return Ok;
        });
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Delete(Vfs* vfs, byte* path, int syncFolder) => Find(path) is not { } found ? IoError : Guard(() =>
    {
        if (!found.Disk.Exists(found.Name)) return IoError | (23 << 8); // SQLITE_IOERR_DELETE_NOENT
        found.Disk.Delete(found.Name);
        if (syncFolder != 0) found.Disk.SyncFolder();
        return Ok;
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Access(Vfs* vfs, byte* path, int flags, int* result)
    {
        *result = 0;
        return Find(path) is not { } found ? Ok : Guard(() =>
        {
            *result = found.Disk.Exists(found.Name) ? 1 : 0;
            return Ok;
        });
    }

    // One thread and no other process: whoever holds a lock will not let go of it while somebody sleeps.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Sleep(Vfs* vfs, int microseconds) => microseconds;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Close(SqliteNative.File* file)
    {
        var handle = GCHandle.FromIntPtr(file->Target);
        ((SqliteFile)handle.Target!).Close();
        handle.Free();
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Read(SqliteNative.File* file, void* target, int count, long offset) => Guard(() =>
    {
        var buffer = new Span<byte>(target, count);
        var read = Of(file).Handle.Read(offset, buffer);
        buffer[read..].Clear();
        return read == count ? Ok : IoErrorShortRead;
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Write(SqliteNative.File* file, void* source, int count, long offset) => Guard(() =>
    {
        Of(file).Handle.Write(offset, new ReadOnlySpan<byte>(source, count));
        return Ok;
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Truncate(SqliteNative.File* file, long length) => Guard(() =>
    {
        Of(file).Handle.Truncate(length);
        return Ok;
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Sync(SqliteNative.File* file, int flags) => Guard(() =>
    {
        Of(file).Sync();
        return Ok;
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int FileSize(SqliteNative.File* file, long* length) => Guard(() =>
    {
        *length = Of(file).Handle.Length;
        return Ok;
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Lock(SqliteNative.File* file, int level) => Of(file).Lock(level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Unlock(SqliteNative.File* file, int level) => Of(file).Unlock(level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int CheckReservedLock(SqliteNative.File* file, int* result)
    {
        *result = Of(file).IsReserved ? 1 : 0;
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int FileControl(SqliteNative.File* file, int operation, void* argument) => NotFound;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int SectorSize(SqliteNative.File* file) => 4096;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int DeviceCharacteristics(SqliteNative.File* file) => PowersafeOverwrite;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int ShmMap(SqliteNative.File* file, int region, int bytes, int extend, void** mapped) => Of(file).MapShared(region, bytes, extend != 0, mapped);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int ShmLock(SqliteNative.File* file, int offset, int count, int flags) => Of(file).LockShared(offset, count, flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void ShmBarrier(SqliteNative.File* file) => Interlocked.MemoryBarrier();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int ShmUnmap(SqliteNative.File* file, int delete)
    {
        Of(file).UnmapShared();
        return Ok;
    }
}
