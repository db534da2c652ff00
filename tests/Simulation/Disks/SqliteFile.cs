using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static MyTradeX.Simulation.Disks.SqliteNative;

namespace MyTradeX.Simulation.Disks;

/// <summary>A file that SQLite has open: its handle on the simulated disk, its locks, and the memory it shares with the others on the same file.</summary>
sealed unsafe class SqliteFile
{
    static readonly ConditionalWeakTable<SimulatedDisk, Dictionary<string, Sharing>> All = [];

    readonly SimulatedDisk _disk;
    readonly Sharing _sharing;
    readonly bool[] _sharedSlots = new bool[ShmLocks];
    bool _isNew;
    bool _isMapped;
    int _level;

    public SqliteFile(SimulatedDisk disk, SimulatedDisk.Handle handle, string name, bool isNew)
    {
        (_disk, Handle, _isNew) = (disk, handle, isNew);
        var byName = All.GetOrCreateValue(disk);
        // What a process shares in memory dies with it; the files of one that was killed keep theirs until they are closed.
        if (!byName.TryGetValue(name, out var sharing) || !sharing.Files.TrueForAll(file => file.Handle.IsAlive))
            byName[name] = sharing = new Sharing();
        _sharing = sharing;
        _sharing.Files.Add(this);
    }

    public SimulatedDisk.Handle Handle { get; }

    public bool IsReserved => _sharing.Files.Exists(file => file._level >= LockReserved);

    /// <summary>The library's own driver syncs the folder together with the first sync of a file that it made.</summary>
    public void Sync()
    {
        Handle.Sync();
        if (!_isNew) return;
        _disk.SyncFolder();
        _isNew = false;
    }

    public int Lock(int level)
    {
        if (!Handle.IsAlive) return IoError;
        if (level <= _level) return Ok;
        var highest = LockNone;
        foreach (var other in _sharing.Files)
            if (other != this) highest = Math.Max(highest, other._level);
        var allowed = level switch { SqliteNative.LockShared => highest < LockPending, LockReserved => highest < LockReserved, _ => highest == LockNone };
        if (!allowed) return Busy;
        _level = level;
        return Ok;
    }

    public int Unlock(int level)
    {
        _level = Math.Min(_level, level);
        return Ok;
    }

    public int MapShared(int region, int bytes, bool extend, void** mapped)
    {
        *mapped = null;
        if (!Handle.IsAlive) return IoError;
        if (!_isMapped) _sharing.Mapped++;
        _isMapped = true;
        while (extend && _sharing.Regions.Count <= region) _sharing.Regions.Add((nint)NativeMemory.AllocZeroed((nuint)bytes));
        if (region < _sharing.Regions.Count) *mapped = (void*)_sharing.Regions[region];
        return Ok;
    }

    public int LockShared(int offset, int count, int flags)
    {
        for (var slot = offset; slot < offset + count; slot++)
        {
            if ((flags & ShmUnlock) != 0) continue;
            if (!Handle.IsAlive) return IoError;
            var taken = _sharing.Exclusive[slot] is { } holder && holder != this;
            var shared = _sharing.Files.Exists(file => file != this && file._sharedSlots[slot]);
            if (taken || ((flags & ShmShared) == 0 && shared)) return Busy;
        }

        for (var slot = offset; slot < offset + count; slot++)
        {
            var isLock = (flags & ShmUnlock) == 0;
            if ((flags & ShmShared) != 0) _sharedSlots[slot] = isLock;
            else if (isLock) _sharing.Exclusive[slot] = this;
            else if (_sharing.Exclusive[slot] == this) _sharing.Exclusive[slot] = null;
        }

        return Ok;
    }

    public void UnmapShared()
    {
        if (!_isMapped) return;
        _isMapped = false;
        if (--_sharing.Mapped > 0) return;
        foreach (var region in _sharing.Regions) NativeMemory.Free((void*)region);
        _sharing.Regions.Clear();
    }

    public void Close()
    {
        UnmapShared();
        for (var slot = 0; slot < ShmLocks; slot++)
            if (_sharing.Exclusive[slot] == this) _sharing.Exclusive[slot] = null;
        _sharing.Files.Remove(this);
    }

    /// <summary>What the open files of one name have in common.</summary>
    sealed class Sharing
    {
        public List<SqliteFile> Files { get; } = [];

        public List<nint> Regions { get; } = [];

        public SqliteFile?[] Exclusive { get; } = new SqliteFile?[ShmLocks];

        public int Mapped { get; set; }
    }
}
