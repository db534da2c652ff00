namespace MyTradeX.Server.Features.Files;

/// <summary>A type of file that the server can tell by its bytes. What a sender says of a file, or a name's extension, is never believed.</summary>
/// <param name="ContentType">Media type.</param>
/// <param name="Extensions">Extensions of names, the usual one first.</param>
internal sealed record FileType(string ContentType, params string[] Extensions)
{
    /// <summary>Bytes from a file's beginning that are enough to tell.</summary>
    public const int HeadBytes = 512;

    public static readonly FileType
        Png = new("image/png", ".png"),
        Jpeg = new("image/jpeg", ".jpg", ".jpeg"),
        Gif = new("image/gif", ".gif"),
        WebP = new("image/webp", ".webp"),
        Pdf = new("application/pdf", ".pdf"),
        Csv = new("text/csv", ".csv"),
        Text = new("text/plain", ".txt", ".text", ".log", ".md");

    /// <summary>Every type that the server can tell.</summary>
    public static IReadOnlyList<FileType> All { get; } = [Png, Jpeg, Gif, WebP, Pdf, Csv, Text];

    public bool IsImage => ContentType.StartsWith("image/", StringComparison.Ordinal);

    /// <summary>Whether it is made of characters, which the whole file has to prove (<see cref="TextCheck"/>).</summary>
    public bool IsText => this == Text || this == Csv;

    /// <summary>The type of a file that begins so, or null. <see cref="Text"/> stands for whatever may turn out to be text.</summary>
    /// <param name="head">The first <see cref="HeadBytes"/> bytes, or all there are.</param>
    public static FileType? Of(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? Png
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? Gif
        : head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8) ? WebP
        : head.StartsWith("%PDF-"u8) ? Pdf
        : KindRefused(head) is null && !head.Contains((byte)0) ? Text
        : null;

    /// <summary>What a file that begins so is, in words, where that alone rules it out.</summary>
    public static string? KindRefused(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> elf = [0x7F, (byte)'E', (byte)'L', (byte)'F'], machO = [0xFE, 0xED, 0xFA], machOSwapped = [0xFA, 0xED, 0xFE], javaOrFat = [0xCA, 0xFE, 0xBA, 0xBE];
        if (head.StartsWith("MZ"u8) || head.StartsWith(elf) || head.StartsWith(machO) || (head.Length > 4 && head[1..].StartsWith(machOSwapped)) || head.StartsWith(javaOrFat) || head.StartsWith("#!"u8))
            return "a program";
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("Rar!"u8) || head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return "an archive";
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        var text = (head.StartsWith(mark) ? head[3..] : head).TrimStart(" \t\r\n\f"u8);
        // A browser that is shown such a file would run what is in it.
        return text.Length > 1 && text[0] == '<' && (char.IsAsciiLetter((char)text[1]) || text[1] is (byte)'!' or (byte)'?') ? "HTML, SVG or other markup" : null;
    }

    /// <summary>The type that a sender declares, in this list's words; null where nothing is said.</summary>
    public static string? Declared(string? mediaType) => mediaType?.ToLowerInvariant() switch
    {
        null or "" or "application/octet-stream" or "binary/octet-stream" => null,
        "image/jpg" or "image/pjpeg" => Jpeg.ContentType,
        "image/x-png" => Png.ContentType,
        "application/x-pdf" => Pdf.ContentType,
        "text/markdown" => Text.ContentType,
        // What browsers on a machine with a spreadsheet program say of .csv.
        "application/csv" or "text/x-csv" or "application/vnd.ms-excel" => Csv.ContentType,
        var other => other,
    };

    public override string ToString() => ContentType;
}
