using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MyTradeX.EndToEnd.Tests.Fuzzing;

/// <summary>A connection that sends what it is told, where a proper HTTP client would refuse to.</summary>
public sealed class WireConnection(Uri server) : IDisposable
{
    static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    TcpClient? _client;
    BufferedStream? _input;

    public async Task<WireAnswer> SendAsync(WireRequest request)
    {
        var isReused = _client is not null;
        try
        {
            return await TryAsync(request);
        }
        catch (IOException) when (isReused)
        {
            // The server may hang up after any answer, without a word on the next request; here it does no harm to be heard twice.
            Close();
            return await TryAsync(request);
        }
    }

    async Task<WireAnswer> TryAsync(WireRequest request)
    {
        using var deadline = new CancellationTokenSource(AnswerWithin);
        if (_client is null)
        {
            _client = new TcpClient { NoDelay = true };
            await _client.ConnectAsync(server.Host, server.Port, deadline.Token);
            _input = new BufferedStream(_client.GetStream(), 16_384);
        }
        var stream = _client.GetStream();
        // Sent while the answer is awaited: a server may well refuse a body before it has all of it.
        var sending = WriteAsync(stream, request, deadline.Token);
        var answer = await ReadAsync(request.Method, deadline.Token);
        // Of a large body the server may not want to hear the end.
        var keepsOn = answer.Header("Connection") != "close" && request.Body is not { Length: > 65_536 };
        if (keepsOn) await sending;
        else Close();
        try
        {
            await sending;
        }
        catch (Exception stopped) when (stopped is IOException or ObjectDisposedException or OperationCanceledException && !keepsOn)
        {
            // The server had its say and hung up.
        }
        return answer;
    }

    public void Dispose() => Close();

    /// <summary>The next request takes a new connection.</summary>
    public void Close()
    {
        _client?.Dispose();
        _client = null;
    }

    async Task WriteAsync(NetworkStream stream, WireRequest request, CancellationToken cancellation)
    {
        await stream.WriteAsync(request.Head($"{server.Host}:{server.Port}"), cancellation);
        if (request.Body is null) return;
        if (!request.Chunked)
        {
            await stream.WriteAsync(request.Body, cancellation);
            return;
        }
        foreach (var chunk in request.Body.Chunk(16_384))
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), cancellation);
            await stream.WriteAsync(chunk, cancellation);
            await stream.WriteAsync("\r\n"u8.ToArray(), cancellation);
        }
        await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), cancellation);
    }

    async Task<WireAnswer> ReadAsync(string method, CancellationToken cancellation)
    {
        var status = int.Parse((await LineAsync(cancellation)).Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync(cancellation) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':');
            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            headers[name] = headers.TryGetValue(name, out var earlier) ? $"{earlier}, {value}" : value;
        }
        if (method == "HEAD" || status is 204 or 304) return new(status, headers, []);
        if (headers.TryGetValue("Content-Length", out var length))
            return new(status, headers, await BytesAsync(int.Parse(length, CultureInfo.InvariantCulture), cancellation));
        var body = new MemoryStream();
        while (headers.ContainsKey("Transfer-Encoding") && int.Parse(await LineAsync(cancellation), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            body.Write(await BytesAsync(size, cancellation));
            await LineAsync(cancellation);
        }
        if (headers.ContainsKey("Transfer-Encoding")) await LineAsync(cancellation);
        return new(status, headers, body.ToArray());
    }

    async Task<string> LineAsync(CancellationToken cancellation)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (true)
        {
            if (await _input!.ReadAsync(one, cancellation) == 0) throw new IOException("the server hung up without an answer");
            if (one[0] == '\n') return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }
    }

    async Task<byte[]> BytesAsync(int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        await _input!.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }
}
