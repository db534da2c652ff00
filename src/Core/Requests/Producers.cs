namespace MyTradeX.Core;

/// <summary>
/// Takes each server's commands once and in order, whatever the journal repeats: a command counts only when it belongs to its
/// server's newest epoch and its number is above the last one taken. Commands without a number are always taken.
/// </summary>
sealed class Producers
{
    // In order of the servers' numbers. There are a handful, so that looking through them beats any table.
    (ushort Producer, uint Epoch, ulong Number)[] _last = new (ushort, uint, ulong)[4];

    /// <summary>Servers seen.</summary>
    public int Count { get; private set; }

    /// <summary>The servers seen, in order of their number, with the epoch and number last taken.</summary>
    public ReadOnlySpan<(ushort Producer, uint Epoch, ulong Number)> All => _last.AsSpan(0, Count);

    public uint EpochOf(ushort producer) => Find(producer, out var at) ? _last[at].Epoch : 0;

    public bool Take(in CommandHeader header)
    {
        if (header.Kind == CommandKind.StartEpoch)
        {
            if (header.Epoch <= EpochOf(header.Producer)) return false;
            Restore(header.Producer, header.Epoch, header.Number);
            return true;
        }
        if (header.Number == 0) return true;
        if (!Find(header.Producer, out var at))
        {
            if (header.Epoch != 0) return false;
            Restore(header.Producer, 0, header.Number);
            return true;
        }
        ref var last = ref _last[at];
        if (header.Epoch != last.Epoch || header.Number <= last.Number) return false;
        last.Number = header.Number;
        return true;
    }

    public void Restore(ushort producer, uint epoch, ulong number)
    {
        if (!Find(producer, out var at))
        {
            if (Count == _last.Length) Array.Resize(ref _last, Count * 2);
            Array.Copy(_last, at, _last, at + 1, Count - at);
            Count++;
        }
        _last[at] = (producer, epoch, number);
    }

    /// <summary>Where a server is, or where it would belong.</summary>
    bool Find(ushort producer, out int at)
    {
        for (at = 0; at < Count && _last[at].Producer < producer; at++)
        {
        }
        return at < Count && _last[at].Producer == producer;
    }
}
