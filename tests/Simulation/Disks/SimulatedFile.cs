namespace MyTradeX.Simulation.Disks;

/// <summary>One file of a <see cref="SimulatedDisk"/>: its bytes as programs see them, beside those that a crash would leave.</summary>
sealed class SimulatedFile(string name)
{
    byte[] _visible = [];
    byte[] _durable = [];
    int _durableLength;
    bool[] _isUnsynced = [];
    readonly List<int> _unsynced = [];

    /// <summary>The name that it was made under.</summary>
    public string Name => name;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Visible => _visible.AsSpan(0, Length);

    public ReadOnlySpan<byte> Durable => _durable.AsSpan(0, _durableLength);

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        var end = checked((int)offset + bytes.Length);
        Grow(ref _visible, end);
        Length = Math.Max(Length, end);
        bytes.CopyTo(_visible.AsSpan((int)offset));
        for (var sector = (int)offset / SimulatedDisk.SectorBytes; sector * SimulatedDisk.SectorBytes < end; sector++)
        {
            if (sector >= _isUnsynced.Length) Array.Resize(ref _isUnsynced, Math.Max(sector + 1, _isUnsynced.Length * 2));
            // Only whether a sector differs matters: each is kept or lost as a whole.
            if (_isUnsynced[sector]) continue;
            _isUnsynced[sector] = true;
            _unsynced.Add(sector);
        }
    }

    /// <summary>Cuts the file short; durable with the next sync.</summary>
    public void Truncate(int length)
    {
        if (length >= Length) return;
        _visible.AsSpan(length, Length - length).Clear();
        Length = length;
    }

    public void Sync()
    {
        foreach (var sector in _unsynced) Keep(sector);
        _durableLength = Length;
        ForgetUnsynced();
    }

    /// <summary>Marks everything as stored that is not: what a failed sync leaves behind on real systems.</summary>
    public void ForgetUnsynced()
    {
        foreach (var sector in _unsynced) _isUnsynced[sector] = false;
        _unsynced.Clear();
    }

    public void Crash(Random random)
    {
        // All, none, a first part, or any: what disks do, from the kindest to the cruellest.
        var kind = random.Next(4);
        _unsynced.Sort();
        var first = random.Next(_unsynced.Count + 1);
        for (var i = 0; i < _unsynced.Count; i++)
        {
            var keep = kind switch { 0 => true, 1 => false, 2 => i < first, _ => random.Next(2) == 0 };
            if (keep && _unsynced[i] * SimulatedDisk.SectorBytes < Length) Keep(_unsynced[i]);
        }

        ForgetUnsynced();
        Grow(ref _visible, _durableLength);
        Durable.CopyTo(_visible);
        if (Length > _durableLength) _visible.AsSpan(_durableLength, Length - _durableLength).Clear();
        Length = _durableLength;
    }

    /// <summary>Changes a byte for good.</summary>
    public void Damage(int offset, byte xor)
    {
        _visible[offset] ^= xor;
        if (offset < _durableLength) _durable[offset] ^= xor;
    }

    /// <summary>Cuts the file short for good.</summary>
    public void CutShort(int length)
    {
        Truncate(length);
        if (_durableLength <= length) return;
        _durable.AsSpan(length, _durableLength - length).Clear();
        _durableLength = length;
    }

    void Keep(int sector)
    {
        var start = sector * SimulatedDisk.SectorBytes;
        var end = Math.Min(start + SimulatedDisk.SectorBytes, Length);
        if (end <= start) return;
        Grow(ref _durable, end);
        _durableLength = Math.Max(_durableLength, end);
        _visible.AsSpan(start, end - start).CopyTo(_durable.AsSpan(start));
    }

    static void Grow(ref byte[] bytes, int length)
    {
        if (bytes.Length < length) Array.Resize(ref bytes, Math.Max(length, Math.Max(4096, bytes.Length * 2)));
    }
}
