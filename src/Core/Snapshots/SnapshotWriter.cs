using System.Buffers;
using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Writes plain values one after the other and digests them on the way. Without a target it only digests.</summary>
sealed class SnapshotWriter(IBufferWriter<byte>? target)
{
    const int PieceBytes = 1 << 16;

    readonly byte[] _piece = new byte[PieceBytes];
    Digest _digest;
    int _filled;

    public void Write<T>(in T value) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));
        while (!bytes.IsEmpty)
        {
            var fits = Math.Min(bytes.Length, PieceBytes - _filled);
            bytes[..fits].CopyTo(_piece.AsSpan(_filled));
            bytes = bytes[fits..];
            _filled += fits;
            if (_filled == PieceBytes) Flush();
        }
    }

    /// <summary>Closes with the digest of everything before it.</summary>
    public UInt128 Finish()
    {
        Flush();
        var digest = _digest.Finish();
        target?.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in digest)));
        return digest;
    }

    void Flush()
    {
        if (_filled == 0) return;
        var piece = _piece.AsSpan(0, _filled);
        _digest.Add(piece);
        target?.Write(piece);
        _filled = 0;
    }
}
