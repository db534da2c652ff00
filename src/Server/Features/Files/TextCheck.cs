using System.Text;

namespace MyTradeX.Server.Features.Files;

/// <summary>Whether bytes that come piece by piece are text: valid UTF-8 without control characters other than tab and line ends.</summary>
internal sealed class TextCheck
{
    readonly Decoder _decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
    readonly char[] _characters = new char[4_096];

    /// <summary>False from the first byte on that no text has.</summary>
    public bool IsText { get; private set; } = true;

    /// <summary>Looks at the next bytes.</summary>
    /// <param name="isLast">Whether these end the file; a character that is cut short is none.</param>
    public void Read(ReadOnlySpan<byte> bytes, bool isLast = false)
    {
        try
        {
            var isDone = false;
            while (IsText && !isDone)
            {
                _decoder.Convert(bytes, _characters, isLast, out var read, out var made, out isDone);
                bytes = bytes[read..];
                foreach (var character in _characters.AsSpan(0, made))
                    IsText &= !char.IsControl(character) || character is '\t' or '\r' or '\n';
            }
        }
        catch (DecoderFallbackException)
        {
            IsText = false;
        }
    }
}
