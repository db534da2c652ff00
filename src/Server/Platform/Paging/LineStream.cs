using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Paging;

/// <summary>A stored list whole: one entry a line, each as in the envelope's <c>data</c>.</summary>
/// <remarks>What fails after the first line, <see cref="Errors"/> turns into a last line and a cut.</remarks>
/// <param name="limit">The most entries; null for all.</param>
/// <param name="read">Reads so many rows at most from a place on; null is the beginning.</param>
/// <param name="show">A row as the wire shows it.</param>
internal sealed class LineStream<TRow, TKey, TEntry>(long? limit, Func<Cursor<TKey>?, int, Task<CursorPage<TRow, TKey>>> read, Func<TRow, TEntry> show)
    : StoredStream<TRow, TKey>(LineRequest.ContentType, limit, read)
{
    static readonly JsonTypeInfo<TEntry> Entries = (JsonTypeInfo<TEntry>)WireJson.Options.GetTypeInfo(typeof(TEntry));

    protected override int Write(IBufferWriter<byte> body, TRow row)
    {
        using var json = new Utf8JsonWriter(body, new() { Encoder = WireJson.Options.Encoder, SkipValidation = true });
        JsonSerializer.Serialize(json, show(row), Entries);
        json.Flush();
        body.Write("\n"u8);
        return (int)json.BytesCommitted + 1;
    }
}
