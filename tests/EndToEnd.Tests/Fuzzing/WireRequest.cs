using System.Text;

namespace MyTradeX.EndToEnd.Tests.Fuzzing;

/// <summary>A request exactly as it goes over the wire, well-formed or not; chunked, its body goes without its length being told ahead.</summary>
public sealed record WireRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body, bool Chunked)
{
    const int ShownMax = 1_500;

    public byte[] Head(string host)
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: {host}\r\n");
        foreach (var (name, value) in Headers) head.Append($"{name}: {value}\r\n");
        if (Chunked) head.Append("Transfer-Encoding: chunked\r\n");
        else if (Body is not null) head.Append($"Content-Length: {Body.Length}\r\n");
        return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
    }

    /// <summary>For the reader of a failure: everything needed to send it again, unprintable bytes as \xNN.</summary>
    public override string ToString()
    {
        var lines = new StringBuilder($"{Method} {Printable(Encoding.UTF8.GetBytes(Target))}\n");
        foreach (var (name, value) in Headers) lines.Append($"{name}: {Printable(Encoding.UTF8.GetBytes(value))}\n");
        if (Body is not null) lines.Append($"{(Chunked ? "chunked" : "")} {Body.Length} bytes: {Printable(Body)}\n");
        return lines.ToString();
    }

    static string Printable(byte[] bytes)
    {
        var text = new StringBuilder();
        foreach (var value in bytes.AsSpan(0, Math.Min(bytes.Length, ShownMax)))
            text.Append(value is >= 0x20 and < 0x7f ? ((char)value).ToString() : $"\\x{value:x2}");
        return bytes.Length > ShownMax ? text.Append('…').ToString() : text.ToString();
    }
}

/// <summary>An answer as it came over the wire.</summary>
public sealed record WireAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public override string ToString() => $"{Status} {string.Join("; ", Headers.Select(header => $"{header.Key}: {header.Value}"))}\n{Text[..Math.Min(Text.Length, 2_000)]}";
}
