using System.Buffers;
using System.Text;
using Microsoft.Net.Http.Headers;
using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Paging;

/// <summary>A stored list whole, as text of some form: a table for a spreadsheet, a page to print.</summary>
/// <param name="contentType">The form, in UTF-8.</param>
/// <param name="limit">The most entries; null for all.</param>
/// <param name="read">Reads so many rows at most from a place on; null is the beginning.</param>
/// <param name="head">What comes before the entries.</param>
/// <param name="show">An entry, with the end of its line.</param>
/// <param name="tail">What comes after them.</param>
internal sealed class TextStream<TRow, TKey>(
    string contentType, long? limit, Func<Cursor<TKey>?, int, Task<CursorPage<TRow, TKey>>> read, string head, Func<TRow, string> show, string tail = "")
    : StoredStream<TRow, TKey>(contentType + "; charset=utf-8", limit, read)
{
    /// <summary>Under which name browsers save it; null to show it.</summary>
    public string? FileName { get; init; }

    /// <summary>What the text may load and run, where the API's own answer, nothing, is too little.</summary>
    public string? ContentSecurityPolicy { get; init; }

    protected override void Begin(HttpResponse response)
    {
        if (FileName is not null)
        {
            var disposition = new ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(FileName);
            response.Headers.ContentDisposition = disposition.ToString();
        }
        if (ContentSecurityPolicy is not null)
            response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
    }

    protected override void WriteHead(IBufferWriter<byte> body) => Encoding.UTF8.GetBytes(head, body);

    protected override int Write(IBufferWriter<byte> body, TRow row) => (int)Encoding.UTF8.GetBytes(show(row), body);

    protected override void WriteTail(IBufferWriter<byte> body) => Encoding.UTF8.GetBytes(tail, body);
}
