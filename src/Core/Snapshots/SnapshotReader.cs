using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote, after making sure that not a byte has changed.</summary>
ref struct SnapshotReader
{
    ReadOnlySpan<byte> _rest;

    public SnapshotReader(ReadOnlySpan<byte> snapshot)
    {
        var digestBytes = Unsafe.SizeOf<UInt128>();
        if (snapshot.Length < digestBytes) throw new InvalidDataException($"A snapshot of {snapshot.Length} bytes is cut short.");
        _rest = snapshot[..^digestBytes];
        var digest = default(Digest);
        digest.Add(_rest);
        if (digest.Finish() != MemoryMarshal.Read<UInt128>(snapshot[^digestBytes..]))
            throw new InvalidDataException("The snapshot's digest does not match its content.");
    }

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public T Read<T>() where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        if (_rest.Length < size) throw new InvalidDataException("The snapshot ends in the middle of a value.");
        var value = MemoryMarshal.Read<T>(_rest);
        _rest = _rest[size..];
        return value;
    }
}
