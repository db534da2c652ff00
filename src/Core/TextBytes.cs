using System.Text;

namespace MyTradeX.Core;

/// <summary>Text to and from zero-padded UTF-8 bytes.</summary>
static class TextBytes
{
    public static void Fill(ReadOnlySpan<char> text, Span<byte> target)
    {
        if (!Encoding.UTF8.TryGetBytes(text, target, out _))
            throw new ArgumentException($"The text takes more than {target.Length} bytes of UTF-8.", nameof(text));
    }

    public static string Read(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
