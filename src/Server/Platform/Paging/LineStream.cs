using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Paging;

/// <summary>
/// A stored list whole: one entry a line, each as in the envelope's <c>data</c>. Walks from place to place, one short read at a time; between two reads
/// it waits for the reader, and holds no more than one read's rows, whatever the length of the list.
/// </summary>
/// <remarks>What fails before the first line is refused as ever; what fails afterwards, <see cref="Errors"/> turns into a last line and a cut.</remarks>
/// <param name="limit">The most entries; null for all.</param>
/// <param name="read">Reads so many rows at most from a place on; null is the beginning.</param>
/// <param name="show">A row as the wire shows it.</param>
internal sealed class LineStream<TRow, TKey, TEntry>(long? limit, Func<Cursor<TKey>?, int, Task<CursorPage<TRow, TKey>>> read, Func<TRow, TEntry> show) : IResult
{
    /// <summary>Rows of one read: large enough that the reads cost little, small enough that one is over in milliseconds.</summary>
    public const int RowsAtOnce = 500;

    /// <summary>Bytes after which what is written goes on its way.</summary>
    const int ChunkBytes = 16 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var streams = httpContext.RequestServices.GetRequiredService<LineStreams>();
        var signedIn = await SignedIn.BindAsync(httpContext);
        using var seat = streams.Take(signedIn.Caller);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, streams.Stopping);
        var left = limit ?? long.MaxValue;
        var page = await read(null, (int)Math.Min(RowsAtOnce, left));

        var response = httpContext.Response;
        response.ContentType = LineRequest.ContentType;
        response.Headers.CacheControl = "no-store";
        // A gateway that gathers answers would hold back the first lines until it has enough of them.
        response.Headers["X-Accel-Buffering"] = "no";
        await response.StartAsync(ending.Token);
        try
        {
            while (await WriteAsync(page.Items, response, ending.Token) && (left -= page.Items.Count) > 0 && page.Next is { } next)
            {
                await streams.RequireGoodAsync(signedIn, ending.Token);
                page = await read(next, (int)Math.Min(RowsAtOnce, left));
            }
        }
        catch (OperationCanceledException) when (streams.Stopping.IsCancellationRequested && !httpContext.RequestAborted.IsCancellationRequested)
        {
            throw new ApiException(LineStreams.GoingDown);
        }
    }

    /// <summary>False when nobody reads any more.</summary>
    async ValueTask<bool> WriteAsync(IReadOnlyList<TRow> rows, HttpResponse response, CancellationToken ending)
    {
        var entries = (JsonTypeInfo<TEntry>)WireJson.Options.GetTypeInfo(typeof(TEntry));
        var body = response.BodyWriter;
        using var json = new Utf8JsonWriter(body, new() { Encoder = WireJson.Options.Encoder, SkipValidation = true });
        var bytes = 0L;
        for (var i = 0; i < rows.Count; i++)
        {
            JsonSerializer.Serialize(json, show(rows[i]), entries);
            await json.FlushAsync(CancellationToken.None);
            bytes += json.BytesCommitted + 1;
            json.Reset();
            body.GetSpan(1)[0] = (byte)'\n';
            body.Advance(1);
            if (bytes < ChunkBytes && i < rows.Count - 1)
                continue;
            bytes = 0;
            // Where the reader is behind, this waits for them.
            if ((await body.FlushAsync(ending)).IsCompleted)
                return false;
        }
        return true;
    }
}
