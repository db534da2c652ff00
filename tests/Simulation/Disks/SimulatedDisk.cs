namespace MyTradeX.Simulation.Disks;

/// <summary>The power goes off. Not an <see cref="IOException"/>: no code under test may handle it.</summary>
public sealed class PowerLostException() : Exception("The simulated machine lost its power.");

/// <summary>
/// A folder in memory that keeps what programs see apart from what would survive a crash. A sync carries the one over to the other; a
/// <see cref="Crash"/> keeps a seeded choice of the unsynced sectors and of the unsynced names, and loses the rest.
/// </summary>
public sealed partial class SimulatedDisk(int seed) : IDisk
{
    public const int SectorBytes = 512;

    readonly Lock _gate = new();
    readonly Random _random = new(seed);
    readonly Dictionary<string, SimulatedFile> _names = [];
    readonly Dictionary<string, SimulatedFile> _durableNames = [];
    readonly List<Action<Dictionary<string, SimulatedFile>>> _unsyncedNameChanges = [];
    bool _locked;
    bool _halted;
    int _generation;

    public string Name => $"simulated disk (seed {seed})";

    /// <summary>Writes, syncs and changes of names so far.</summary>
    public int Operations { get; private set; }

    /// <summary>The operation, counted from the start, at which the power goes off; a write then happens in part.</summary>
    public int? PowerOffAt { get; set; }

    /// <summary>Whether the machine stands still: nothing works any more until <see cref="Crash"/> or <see cref="Kill"/>.</summary>
    public bool IsHalted => _halted;

    /// <summary>Most bytes that all files may have together.</summary>
    public long CapacityBytes { get; set; } = long.MaxValue;

    /// <summary>
    /// The next sync fails. As real systems do, it marks the pages as clean all the same: programs go on seeing what was written, a later
    /// sync succeeds without storing it, and a crash loses it. (Except <see cref="KeptAfterFailedSync"/>.)
    /// </summary>
    public bool FailNextSync { get; set; }

    /// <summary>Files whose pages a failed sync leaves to be stored by the next one.</summary>
    public Predicate<string> KeptAfterFailedSync { get; set; } = static _ => false;

    /// <summary>The next write fails after its first half.</summary>
    public bool FailNextWrite { get; set; }

    /// <summary>One bit of the next read is wrong, on its way only.</summary>
    public bool FlipBitOfNextRead { get; set; }

    /// <summary>The next read gets the bytes of another place in the file.</summary>
    public bool MisdirectNextRead { get; set; }

    /// <summary>Reads that are still good before one of the two above.</summary>
    public int GoodReads { get; set; }

    /// <summary>The files that the faults above are for; all, unless told otherwise. Files are known by the name they were made under.</summary>
    public Predicate<string> FaultyFiles { get; set; } = static _ => true;

    /// <summary>A disk that lies: syncs of these files, and of the folder under the name ".", are confirmed and do nothing.</summary>
    public Predicate<string>? IgnoredSyncs { get; set; }

    /// <summary>Called at each operation, before it happens; a slow disk lets time pass here.</summary>
    public Action? Working { get; set; }

    public IReadOnlyList<string> List()
    {
        lock (_gate)
        {
            CheckRunning();
            return [.. _names.Keys];
        }
    }

    public bool Exists(string name)
    {
        lock (_gate)
        {
            CheckRunning();
            return _names.ContainsKey(name);
        }
    }

    public IDiskFile Create(string name) => CreateHandle(name);

    public IDiskFile Open(string name, bool writable) => OpenHandle(name, writable);

    internal Handle CreateHandle(string name)
    {
        lock (_gate)
        {
            Step();
            var file = new SimulatedFile(name);
            Change(names => names[name] = file);
            return new Handle(this, file, writable: true);
        }
    }

    internal Handle OpenHandle(string name, bool writable)
    {
        lock (_gate)
        {
            CheckRunning();
            return new Handle(this, Find(name), writable);
        }
    }

    public void Rename(string from, string to)
    {
        lock (_gate)
        {
            Step();
            var file = Find(from);
            Change(names =>
            {
                names.Remove(from);
                names[to] = file;
            });
        }
    }

    public void Delete(string name)
    {
        lock (_gate)
        {
            Step();
            Change(names => names.Remove(name));
        }
    }

    public void SyncFolder()
    {
        lock (_gate)
        {
            Step();
            ThrowIfSyncFails(".");
            if (IgnoredSyncs?.Invoke(".") == true) return;
            foreach (var change in _unsyncedNameChanges)
                change(_durableNames);
            _unsyncedNameChanges.Clear();
        }
    }

    public IDisposable Lock()
    {
        lock (_gate)
        {
            CheckRunning();
            if (_locked)
                throw new JournalInUseException(Name);
            _locked = true;
            return new Release(this, _generation);
        }
    }

    /// <summary>The machine stands still: whatever still runs on it gets no further.</summary>
    public void Halt()
    {
        lock (_gate) _halted = true;
    }

    /// <summary>
    /// The machine stops and starts again. Names keep a first part of their unsynced changes, as a file system with a journal does; files
    /// keep any of their unsynced sectors, in no order. Handles from before are dead.
    /// </summary>
    public void Crash()
    {
        lock (_gate)
        {
            foreach (var change in _unsyncedNameChanges.Take(_random.Next(_unsyncedNameChanges.Count + 1)))
                change(_durableNames);
            _unsyncedNameChanges.Clear();
            _names.Clear();
            foreach (var (name, file) in _durableNames)
                _names[name] = file;
            foreach (var file in _durableNames.Values.Distinct())
                file.Crash(_random);
            Restart();
        }
    }

    /// <summary>The process is killed; the system and its caches live on.</summary>
    public void Kill()
    {
        lock (_gate)
            Restart();
    }

    /// <summary>Reads a whole file as programs see it.</summary>
    public byte[] Contents(string name)
    {
        lock (_gate)
            return Find(name).Visible.ToArray();
    }

    /// <summary>Puts a file there, durably, without an operation.</summary>
    public void Place(string name, ReadOnlySpan<byte> contents)
    {
        lock (_gate)
        {
            var file = new SimulatedFile(name);
            file.Write(0, contents);
            file.Sync();
            _names[name] = _durableNames[name] = file;
        }
    }

    /// <summary>Changes a byte of a file for good.</summary>
    /// <returns>Undoes it, wherever the file is by then.</returns>
    public Action Damage(string name, long offset, byte xor = 0x40)
    {
        lock (_gate)
        {
            var file = Find(name);
            file.Damage((int)offset, xor);
            return () => file.Damage((int)offset, xor);
        }
    }

    /// <summary>Cuts a file short for good.</summary>
    public void Truncate(string name, int bytes)
    {
        lock (_gate)
            Find(name).CutShort(bytes);
    }

    void Restart()
    {
        _generation++;
        _locked = _halted = false;
        PowerOffAt = null;
        FailNextSync = FailNextWrite = FlipBitOfNextRead = MisdirectNextRead = false;
        GoodReads = 0;
    }

    SimulatedFile Find(string name) => _names.TryGetValue(name, out var file) ? file : throw new FileNotFoundException($"No file {name}.", name);

    void Change(Action<Dictionary<string, SimulatedFile>> change)
    {
        change(_names);
        _unsyncedNameChanges.Add(change);
    }

    void CheckRunning()
    {
        if (_halted) throw new PowerLostException();
    }

    bool Step(bool isWrite = false)
    {
        Working?.Invoke();
        CheckRunning();
        var powerOff = Operations == PowerOffAt;
        if (powerOff) _halted = true;
        if (powerOff && !isWrite) throw new PowerLostException();
        Operations++;
        return powerOff;
    }

    bool IsFaultyRead(string name)
    {
        if (!(FlipBitOfNextRead || MisdirectNextRead) || !FaultyFiles(name)) return false;
        if (GoodReads == 0) return true;
        GoodReads--;
        return false;
    }

    void ThrowIfSyncFails(string name)
    {
        if (!FailNextSync || !FaultyFiles(name))
            return;
        FailNextSync = false;
        throw new IOException("The simulated sync failed.");
    }

    sealed class Release(SimulatedDisk disk, int generation) : IDisposable
    {
        public void Dispose()
        {
            lock (disk._gate)
                if (disk._generation == generation)
                    disk._locked = false;
        }
    }

    /// <summary>Bytes that all files have together.</summary>
    public long UsedBytes()
    {
        lock (_gate)
            return _names.Values.Distinct().Sum(file => (long)file.Length);
    }
}
