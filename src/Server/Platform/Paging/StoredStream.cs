using System.Buffers;
using System.IO.Pipelines;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Paging;

/// <summary>
/// A stored list whole, entry by entry. Walks from place to place, one short read at a time; between two reads it waits for the reader, and holds no
/// more than one read's rows, whatever the length of the list.
/// </summary>
/// <remarks>What fails before the first entry is refused as ever; what fails afterwards cuts the connection, so that no part is taken for the whole.</remarks>
/// <param name="contentType">The form.</param>
/// <param name="limit">The most entries; null for all.</param>
/// <param name="read">Reads so many rows at most from a place on; null is the beginning.</param>
internal abstract class StoredStream<TRow, TKey>(string contentType, long? limit, Func<Cursor<TKey>?, int, Task<CursorPage<TRow, TKey>>> read) : IResult
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
        response.ContentType = contentType;
        response.Headers.CacheControl = "no-store";
        // A gateway that gathers answers would hold back the first lines until it has enough of them.
        response.Headers["X-Accel-Buffering"] = "no";
        Begin(response);
        await response.StartAsync(ending.Token);
        try
        {
            WriteHead(response.BodyWriter);
            while (await WriteAsync(page.Items, response.BodyWriter, ending.Token) && (left -= page.Items.Count) > 0 && page.Next is { } next)
            {
                await streams.RequireGoodAsync(signedIn, ending.Token);
                page = await read(next, (int)Math.Min(RowsAtOnce, left));
            }
            WriteTail(response.BodyWriter);
            await response.BodyWriter.FlushAsync(ending.Token);
        }
        catch (OperationCanceledException) when (streams.Stopping.IsCancellationRequested && !httpContext.RequestAborted.IsCancellationRequested)
        {
            throw new ApiException(LineStreams.GoingDown);
        }
    }

    /// <summary>Headers of this form's own.</summary>
    protected virtual void Begin(HttpResponse response)
    {
    }

    /// <summary>What comes before the entries.</summary>
    protected virtual void WriteHead(IBufferWriter<byte> body)
    {
    }

    /// <summary>One entry; how many bytes it took.</summary>
    protected abstract int Write(IBufferWriter<byte> body, TRow row);

    /// <summary>What comes after the entries.</summary>
    protected virtual void WriteTail(IBufferWriter<byte> body)
    {
    }

    /// <summary>False when nobody reads any more.</summary>
    async ValueTask<bool> WriteAsync(IReadOnlyList<TRow> rows, PipeWriter body, CancellationToken ending)
    {
        var bytes = 0L;
        for (var i = 0; i < rows.Count; i++)
        {
            bytes += Write(body, rows[i]);
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
