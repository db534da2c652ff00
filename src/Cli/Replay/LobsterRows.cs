using System.IO.Compression;

namespace MyTradeX.Cli.Replay;

/// <summary>Reads rows of comma-separated whole numbers from a plain or gzip file, one at a time.</summary>
internal sealed class LobsterRows : IDisposable
{
    readonly Stream _stream;
    readonly StreamReader _text;
    readonly string _name;

    public LobsterRows(string path)
    {
        _name = Path.GetFileName(path);
        Stream file = File.OpenRead(path);
        // By content rather than by name, so that a renamed download still opens.
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        _stream = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        _text = new StreamReader(_stream, bufferSize: 1 << 16);
    }

    /// <summary>Number of the row last read, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The next row's text, or null at the end.</summary>
    public string? ReadLine()
    {
        string? line;
        // A file may end with an empty line.
        do
        {
            line = _text.ReadLine();
            if (line is not null) Line++;
        }
        while (line is { Length: 0 });
        return line;
    }

    /// <summary>The next row's numbers, into a list that is cleared first. False at the end.</summary>
    public bool Read(List<long> values)
    {
        values.Clear();
        if (ReadLine() is not { } line) return false;
        foreach (var range in line.AsSpan().Split(','))
            values.Add(Number(line.AsSpan(range)));
        return true;
    }

    /// <summary>A field as a whole number.</summary>
    public long Number(ReadOnlySpan<char> field) =>
        long.TryParse(field, out var value) ? value : throw Fault($"'{field}' is not a whole number");

    /// <summary>The fault, with file and line.</summary>
    public LobsterFormatException Fault(string reason) => new(_name, Line, reason);

    public void Dispose() => _text.Dispose();
}
