namespace MyTradeX.Core;

/// <summary>
/// Takes each server's commands once and in order, whatever the journal repeats: a command counts only when it belongs to its
/// server's newest epoch and its number is above the last one taken. Commands without a number are always taken.
/// </summary>
sealed class Producers
{
    readonly SortedDictionary<ushort, (uint Epoch, ulong Number)> _last = [];

    /// <summary>The servers seen, in order of their number, with the epoch and number last taken.</summary>
    public IEnumerable<KeyValuePair<ushort, (uint Epoch, ulong Number)>> All => _last;

    public int Count => _last.Count;

    public uint EpochOf(ushort producer) => _last.TryGetValue(producer, out var last) ? last.Epoch : 0;

    public bool Take(in CommandHeader header)
    {
        if (header.Number == 0 && header.Kind != CommandKind.StartEpoch) return true;
        var last = _last.GetValueOrDefault(header.Producer);
        if (header.Kind == CommandKind.StartEpoch)
        {
            if (header.Epoch <= last.Epoch) return false;
            _last[header.Producer] = (header.Epoch, header.Number);
            return true;
        }
        if (header.Epoch != last.Epoch || header.Number <= last.Number) return false;
        _last[header.Producer] = (header.Epoch, header.Number);
        return true;
    }

    public void Restore(ushort producer, uint epoch, ulong number) => _last[producer] = (epoch, number);
}
