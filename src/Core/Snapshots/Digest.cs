using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>
/// A running 128-bit digest of bytes, the same on every machine. It tells states apart and notices damage; it does not resist
/// somebody who makes up bytes on purpose.
/// </summary>
struct Digest
{
    ulong _low;
    ulong _high;
    ulong _length;

    /// <summary>Takes in a piece. Every piece but the last must be a multiple of 8 bytes long.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        Invariant.Require(_length % 8 == 0, "only the last piece of a digest may be uneven");
        _length += (ulong)piece.Length;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(piece)) Take(word);
        var rest = piece[(piece.Length & ~7)..];
        if (rest.IsEmpty) return;
        Span<byte> padded = stackalloc byte[8];
        padded.Clear();
        rest.CopyTo(padded);
        Take(MemoryMarshal.Read<ulong>(padded));
    }

    public readonly UInt128 Finish() => new(Mixing.Mix(_high ^ _length), Mixing.Mix(_low + _length));

    void Take(ulong word)
    {
        _low = Mixing.Mix(_low ^ word);
        _high = ulong.RotateLeft(_high * 0x9E3779B97F4A7C15UL ^ word, 29) + _low;
    }
}
