namespace MyTradeX.Journal.Tests.Simulation;

/// <summary>The power goes off. Not an <see cref="IOException"/>: no code under test may handle it.</summary>
public sealed class PowerLostException() : Exception("The simulated machine lost its power.");

/// <summary>
/// A folder in memory that keeps what programs see apart from what would survive a crash. A sync carries the one over to the other; a
/// <see cref="Crash"/> keeps a seeded choice of the unsynced sectors and of the unsynced names, and loses the rest.
/// </summary>
public sealed class SimulatedDisk(int seed) : IDisk
{
    public const int SectorBytes = 512;

    readonly Lock _gate = new();
    readonly Random _random = new(seed);
    readonly Dictionary<string, Node> _names = [];
    readonly Dictionary<string, Node> _durableNames = [];
    readonly List<Action<Dictionary<string, Node>>> _unsyncedNameChanges = [];
    bool _locked;
    int _generation;

    public string Name => $"simulated disk (seed {seed})";

    /// <summary>Writes, syncs and changes of names so far.</summary>
    public int Operations { get; private set; }

    /// <summary>The operation, counted from the start, at which the power goes off; a write then happens in part.</summary>
    public int? PowerOffAt { get; set; }

    /// <summary>Most bytes that all files may have together.</summary>
    public long CapacityBytes { get; set; } = long.MaxValue;

    /// <summary>
    /// The next sync fails. As real systems do, it marks the pages as clean all the same: programs go on seeing what was written, a later
    /// sync succeeds without storing it, and a crash loses it.
    /// </summary>
    public bool FailNextSync { get; set; }

    /// <summary>The next write fails after its first half.</summary>
    public bool FailNextWrite { get; set; }

    /// <summary>One bit of the next read is wrong, on its way only.</summary>
    public bool FlipBitOfNextRead { get; set; }

    public IReadOnlyList<string> List()
    {
        lock (_gate)
            return [.. _names.Keys];
    }

    public IDiskFile Create(string name)
    {
        lock (_gate)
        {
            Step();
            var node = new Node();
            Change(names => names[name] = node);
            return new Handle(this, node, writable: true);
        }
    }

    public IDiskFile Open(string name, bool writable)
    {
        lock (_gate)
            return new Handle(this, Find(name), writable);
    }

    public void Rename(string from, string to)
    {
        lock (_gate)
        {
            Step();
            var node = Find(from);
            Change(names =>
            {
                names.Remove(from);
                names[to] = node;
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
            ThrowIfSyncFails();
            foreach (var change in _unsyncedNameChanges)
                change(_durableNames);
            _unsyncedNameChanges.Clear();
        }
    }

    public IDisposable Lock()
    {
        lock (_gate)
        {
            if (_locked)
                throw new JournalInUseException(Name);
            _locked = true;
            return new Release(this, _generation);
        }
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
            foreach (var (name, node) in _durableNames)
                _names[name] = node;
            foreach (var node in _durableNames.Values.Distinct())
                node.Crash(_random);
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
            return [.. Find(name).Visible];
    }

    /// <summary>Changes a byte of a file for good.</summary>
    public void Damage(string name, long offset, byte xor = 0x40)
    {
        lock (_gate)
        {
            var node = Find(name);
            node.Visible[(int)offset] ^= xor;
            if (offset < node.Durable.Count)
                node.Durable[(int)offset] ^= xor;
        }
    }

    /// <summary>Cuts a file short for good.</summary>
    public void Truncate(string name, int bytes)
    {
        lock (_gate)
        {
            var node = Find(name);
            node.Visible.RemoveRange(bytes, node.Visible.Count - bytes);
            node.Durable.RemoveRange(bytes, node.Durable.Count - bytes);
        }
    }

    void Restart()
    {
        _generation++;
        _locked = false;
        PowerOffAt = null;
        FailNextSync = FailNextWrite = FlipBitOfNextRead = false;
    }

    Node Find(string name) => _names.TryGetValue(name, out var node) ? node : throw new FileNotFoundException($"No file {name}.", name);

    void Change(Action<Dictionary<string, Node>> change)
    {
        change(_names);
        _unsyncedNameChanges.Add(change);
    }

    bool Step(bool isWrite = false)
    {
        var powerOff = Operations == PowerOffAt;
        if (Operations > PowerOffAt || (powerOff && !isWrite))
            throw new PowerLostException();
        Operations++;
        return powerOff;
    }

    void ThrowIfSyncFails()
    {
        if (!FailNextSync)
            return;
        FailNextSync = false;
        throw new IOException("The simulated sync failed.");
    }

    sealed class Node
    {
        public List<byte> Visible { get; } = [];

        public List<byte> Durable { get; } = [];

        // Sectors written since the last sync. Only whether a sector differs matters: each is kept or lost as a whole.
        public SortedSet<int> Unsynced { get; } = [];

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            var end = (int)offset + bytes.Length;
            if (end > Visible.Count)
                System.Runtime.InteropServices.CollectionsMarshal.SetCount(Visible, end);
            bytes.CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Visible)[(int)offset..]);
            for (var sector = (int)offset / SectorBytes; sector * SectorBytes < end; sector++)
                Unsynced.Add(sector);
        }

        public void Sync()
        {
            foreach (var sector in Unsynced)
                Keep(sector);
            Unsynced.Clear();
        }

        public void Crash(Random random)
        {
            // All, none, a first part, or any: what disks do, from the kindest to the cruellest.
            var kind = random.Next(4);
            var first = random.Next(Unsynced.Count + 1);
            var i = 0;
            foreach (var sector in Unsynced)
            {
                var keep = kind switch { 0 => true, 1 => false, 2 => i < first, _ => random.Next(2) == 0 };
                i++;
                if (keep)
                    Keep(sector);
            }

            Unsynced.Clear();
            Visible.Clear();
            Visible.AddRange(Durable);
        }

        void Keep(int sector)
        {
            var start = sector * SectorBytes;
            var end = Math.Min(start + SectorBytes, Visible.Count);
            while (Durable.Count < end)
                Durable.Add(0);
            for (var at = start; at < end; at++)
                Durable[at] = Visible[at];
        }
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

    sealed class Handle(SimulatedDisk disk, Node node, bool writable) : IDiskFile
    {
        readonly int _generation = disk._generation;

        public long Length
        {
            get
            {
                lock (disk._gate)
                    return node.Visible.Count;
            }
        }

        public int Read(long offset, Span<byte> buffer)
        {
            lock (disk._gate)
            {
                CheckAlive();
                var count = (int)Math.Clamp(node.Visible.Count - offset, 0, buffer.Length);
                System.Runtime.InteropServices.CollectionsMarshal.AsSpan(node.Visible).Slice((int)offset, count).CopyTo(buffer);
                if (disk.FlipBitOfNextRead && count > 0)
                {
                    disk.FlipBitOfNextRead = false;
                    buffer[disk._random.Next(count)] ^= (byte)(1 << disk._random.Next(8));
                }

                return count;
            }
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            lock (disk._gate)
            {
                CheckAlive();
                Assert.True(writable, "a file opened for reading is not written");
                var powerOff = disk.Step(isWrite: true);
                if (powerOff)
                {
                    node.Write(offset, bytes[..disk._random.Next(bytes.Length + 1)]);
                    throw new PowerLostException();
                }

                var growth = Math.Max(0, offset + bytes.Length - node.Visible.Count);
                var room = disk.CapacityBytes - disk._names.Values.Distinct().Sum(file => (long)file.Visible.Count);
                if (growth > room)
                {
                    node.Write(offset, bytes[..(int)Math.Max(0, bytes.Length - (growth - Math.Max(0, room)))]);
                    throw new IOException("No space left on the simulated disk.");
                }

                if (disk.FailNextWrite)
                {
                    disk.FailNextWrite = false;
                    node.Write(offset, bytes[..(bytes.Length / 2)]);
                    throw new IOException("The simulated write failed.");
                }

                node.Write(offset, bytes);
            }
        }

        public void Sync()
        {
            lock (disk._gate)
            {
                CheckAlive();
                disk.Step();
                if (disk.FailNextSync)
                    node.Unsynced.Clear();
                disk.ThrowIfSyncFails();
                node.Sync();
            }
        }

        public void Dispose()
        {
        }

        void CheckAlive()
        {
            if (disk._generation != _generation)
                throw new PowerLostException();
        }
    }
}
