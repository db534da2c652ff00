using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Up to 16 bytes of UTF-8 held by value: a symbol or a currency code. Unused bytes are zero, so equality is two comparisons.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct Text16(ulong A, ulong B)
{
    /// <summary>The most bytes a value can hold.</summary>
    public const int MaxBytes = 16;

    /// <summary>Whether no byte is set.</summary>
    public bool IsEmpty => A == 0 && B == 0;

    /// <summary>Takes the text's UTF-8 bytes; throws <see cref="ArgumentException"/> when they are more than <see cref="MaxBytes"/>.</summary>
    public static Text16 From(ReadOnlySpan<char> text)
    {
        var value = default(Text16);
        TextBytes.Fill(text, MemoryMarshal.AsBytes(new Span<Text16>(ref value)));
        return value;
    }

    /// <summary>The text as it was given.</summary>
    public override string ToString() => TextBytes.Read(MemoryMarshal.AsBytes(new ReadOnlySpan<Text16>(in this)));
}
