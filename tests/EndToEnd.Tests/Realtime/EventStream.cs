using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>
/// A client of <c>/api/v1/stream</c> that does as an EventSource does: it remembers the last id that came, with a whole event, and brings it back as Last-Event-ID.
/// It is cut in the midst of whatever bytes are coming.
/// </summary>
sealed class EventStream(HttpClient http, string topics, Cuts cuts) : ICutClient
{
    readonly TaskCompletionSource _isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<SeenEvent> Seen { get; } = [];

    /// <summary>The id to go on from.</summary>
    public string LastId { get; init; } = "";

    public Task Opened => _isOpen.Task;

    public Task CutOften => cuts.Over;

    public int CutsMade => cuts.Made;

    public Task ReadAsync(CancellationToken cancellation) => ReadUntilAsync(e => e.IsLast, cancellation);

    /// <summary>Reads until an event is the last that is wanted.</summary>
    public async Task ReadUntilAsync(Func<SeenEvent, bool> isLast, CancellationToken cancellation)
    {
        var lastId = LastId;
        while (true)
        {
            await foreach (var (id, e) in ConnectAsync(lastId, cancellation))
            {
                lastId = id;
                if (e.Name == "connected")
                    _isOpen.TrySetResult();
                else if (e.Name != "heartbeat")
                    Seen.Add(e);
                if (isLast(e))
                    return;
            }
            cuts.Note();
        }
    }

    async IAsyncEnumerable<(string Id, SeenEvent Event)> ConnectAsync(string lastId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/stream?topics={topics}");
        if (lastId.Length > 0)
            request.Headers.Add("Last-Event-ID", lastId);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var (left, waiting, buffer) = (cuts.NextBytes(), new List<byte>(), new byte[16 * 1024]);
        while (left > 0)
        {
            var count = await body.ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)), cancellation);
            if (count == 0)
                throw new EndOfStreamException($"the stream ended by itself after {Seen.Count} events, the last {Seen.LastOrDefault()}");
            if (left != int.MaxValue)
                left -= count;
            waiting.AddRange(buffer.AsSpan(0, count));
            // An event counts once the empty line after it is there.
            for (int end; (end = CollectionsMarshal.AsSpan(waiting).IndexOf("\n\n"u8)) >= 0; waiting.RemoveRange(0, end + 2))
                yield return Parse(Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(waiting)[..end]));
        }
    }

    static (string Id, SeenEvent Event) Parse(string block)
    {
        var fields = block.Split('\n').Select(line => line.Split(": ", 2)).ToDictionary(field => field[0], field => field[1]);
        using var data = JsonDocument.Parse(fields["data"]);
        return (fields["id"], SeenEvent.From(data.RootElement));
    }
}
