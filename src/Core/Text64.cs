using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Up to 64 bytes of UTF-8 held by value: a client order id or a display name. Unused bytes are zero.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct Text64(ulong A, ulong B, ulong C, ulong D, ulong E, ulong F, ulong G, ulong H)
{
    /// <summary>The most bytes a value can hold.</summary>
    public const int MaxBytes = 64;

    /// <summary>Whether no byte is set.</summary>
    public bool IsEmpty => (A | B | C | D | E | F | G | H) == 0;

    /// <summary>Takes the text's UTF-8 bytes; throws <see cref="ArgumentException"/> when they are more than <see cref="MaxBytes"/>.</summary>
    public static Text64 From(ReadOnlySpan<char> text)
    {
        var value = default(Text64);
        TextBytes.Fill(text, MemoryMarshal.AsBytes(new Span<Text64>(ref value)));
        return value;
    }

    /// <summary>A 128-bit digest for look-up tables. Not cryptographic: a user can only collide with ids of the same account.</summary>
    public UInt128 Digest()
    {
        var low = 0x9E3779B97F4A7C15UL;
        var high = 0xC2B2AE3D27D4EB4FUL;
        foreach (var word in MemoryMarshal.Cast<Text64, ulong>(new ReadOnlySpan<Text64>(in this)))
        {
            low = Mixing.Mix(low ^ word);
            high = Mixing.Mix(high + word);
        }
        return new UInt128(high, low);
    }

    /// <summary>The text as it was given.</summary>
    public override string ToString() => TextBytes.Read(MemoryMarshal.AsBytes(new ReadOnlySpan<Text64>(in this)));
}
