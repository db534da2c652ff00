using System.Buffers;
using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Format;

namespace MyTradeX.Journal.Snapshots;

/// <summary>Writes a state to a file as it is produced, a chunk at a time, and keeps its checksum.</summary>
sealed class SnapshotWriter(IDiskFile file) : IBufferWriter<byte>
{
    const int ChunkBytes = 256 * 1024;

    byte[] _chunk = new byte[ChunkBytes];
    int _used;
    uint _register = Crc32C.Initial;

    public long Written { get; private set; }

    public uint Checksum => ~_register;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _chunk.Length - _used);
        _used += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(Math.Max(1, sizeHint));
        return _chunk.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(Math.Max(1, sizeHint));
        return _chunk.AsSpan(_used);
    }

    public void Flush()
    {
        var bytes = _chunk.AsSpan(0, _used);
        _register = Crc32C.Update(_register, bytes);
        file.Write(SnapshotHeader.Bytes + Written, bytes);
        Written += _used;
        _used = 0;
    }

    void MakeRoom(int bytes)
    {
        if (bytes <= _chunk.Length - _used)
            return;
        Flush();
        if (bytes > _chunk.Length)
            _chunk = new byte[bytes];
    }
}
