using System.Globalization;
using System.Text;

namespace MyTradeX.Server.Features.Files;

/// <summary>Makes a sender's file name fit to be shown and saved under. It is never used on this server's disk.</summary>
internal static class FileName
{
    /// <summary>What file systems take, in bytes of UTF-8.</summary>
    public const int BytesMax = 255;

    const string Nameless = "file";

    /// <summary>
    /// The name without path, control and invisible characters, no longer than a file system takes, ending in an extension of what the file
    /// really is: <c>..\run.bat</c> that holds text becomes <c>run.bat.txt</c>.
    /// </summary>
    public static string Clean(string? given, FileType type)
    {
        var shown = new StringBuilder();
        // A half surrogate is enumerated as the replacement character.
        foreach (var rune in (given ?? "")[((given ?? "").LastIndexOfAny(['/', '\\']) + 1)..].EnumerateRunes())
        {
            // Format characters can turn the reading direction and with it the extension's look; the others name nothing.
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                continue;
            // What Windows has in no name.
            shown.Append(rune.Value is '<' or '>' or ':' or '"' or '|' or '?' or '*' ? "_" : rune.ToString());
        }
        var name = shown.ToString().Trim().Trim('.', ' ');
        var known = type.Extensions.FirstOrDefault(known => name.EndsWith(known, StringComparison.OrdinalIgnoreCase));
        var (stem, extension) = known is null ? (name, type.Extensions[0]) : (name[..^known.Length], name[^known.Length..]);
        stem = Cut(stem, BytesMax - extension.Length).TrimEnd();
        return (stem.Length == 0 ? Nameless : stem) + extension;
    }

    // At the end of a character that a reader sees as one.
    static string Cut(string text, int bytesMax)
    {
        var (length, bytes) = (0, 0);
        foreach (var element in StringInfo.ParseCombiningCharacters(text).Append(text.Length).Skip(1))
        {
            bytes += Encoding.UTF8.GetByteCount(text.AsSpan(length, element - length));
            if (bytes > bytesMax)
                break;
            length = element;
        }
        return text[..length];
    }
}
