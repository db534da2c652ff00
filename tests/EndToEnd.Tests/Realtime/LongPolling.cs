using System.Text.Json;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>A client of <c>/api/v1/poll</c>. An answer that it does not get whole, it asks for again from the same cursor.</summary>
sealed class LongPolling(HttpClient http, string topics, Cuts cuts) : ICutClient
{
    readonly TaskCompletionSource _isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<SeenEvent> Seen { get; } = [];

    public Task Opened => _isOpen.Task;

    public Task CutOften => cuts.Over;

    public int CutsMade => cuts.Made;

    public async Task ReadAsync(CancellationToken cancellation)
    {
        var cursor = "";
        while (Seen.Count == 0 || !Seen[^1].IsLast)
        {
            // Nobody is cut before there is a first cursor: what happens until then is not this client's.
            if (await AskAsync(cursor, cursor.Length == 0 ? int.MaxValue : cuts.NextBytes(), cancellation) is not { } text)
            {
                cuts.Note();
                continue;
            }
            using var answer = JsonDocument.Parse(text);
            var data = answer.RootElement.GetProperty("data");
            Seen.AddRange(data.GetProperty("events").EnumerateArray().Select(SeenEvent.From));
            cursor = data.GetProperty("cursor").GetString()!;
            _isOpen.TrySetResult();
        }
    }

    /// <summary>The answer, or null when it was cut.</summary>
    async Task<byte[]?> AskAsync(string cursor, int bytes, CancellationToken cancellation)
    {
        using var response = await http.GetAsync($"api/v1/poll?topics={topics}&timeout=5{(cursor.Length > 0 ? "&cursor=" + cursor : "")}", HttpCompletionOption.ResponseHeadersRead, cancellation);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var (got, buffer) = (new MemoryStream(), new byte[4096]);
        while (got.Length < bytes)
        {
            var count = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes - got.Length)), cancellation);
            if (count == 0)
                return got.ToArray();
            got.Write(buffer, 0, count);
        }
        return null;
    }
}
