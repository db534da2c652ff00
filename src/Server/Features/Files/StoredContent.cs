using Microsoft.Net.Http.Headers;
using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Files;

/// <summary>Answers with a file's bytes, all or a range of them (RFC 9110 §14), as the file's owner and nobody else's cache may keep them.</summary>
/// <param name="file">Whose bytes.</param>
/// <param name="open">Opens them.</param>
/// <param name="isShown">Whether a page may show it in place; otherwise it is for saving, under its name.</param>
internal sealed class StoredContent(FileRow file, Func<FileRow, Stream> open, bool isShown) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers.Append("Vary", "Authorization, Cookie");
        // Ranges and tag are those of the bytes as they are; packed on the way, they would be others.
        httpContext.Request.Headers.AcceptEncoding = default;
        var content = open(file);
        // Without the charset a browser would guess; that it is UTF-8 was checked.
        var contentType = file.ContentType.StartsWith("text/", StringComparison.Ordinal) ? file.ContentType + "; charset=utf-8" : file.ContentType;
        // The name goes both in plain ASCII and in full (RFC 8187). The stream is closed by whoever sends it.
        await TypedResults.Stream(content, contentType, isShown ? null : file.Name, Micros.ToInstant(file.CreatedAt), new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true)
            .ExecuteAsync(httpContext);
        var response = httpContext.Response;
        if (response is { HasStarted: false, StatusCode: StatusCodes.Status412PreconditionFailed or StatusCodes.Status416RangeNotSatisfiable })
            await RefuseAsync(httpContext, response.StatusCode);
    }

    static Task RefuseAsync(HttpContext context, int status)
    {
        var headers = context.Response.Headers;
        foreach (var name in (string[])[HeaderNames.ETag, HeaderNames.LastModified, HeaderNames.ContentDisposition, HeaderNames.ContentLength])
            headers.Remove(name);
        var code = status == StatusCodes.Status412PreconditionFailed ? ErrorCode.PreconditionFailed : ErrorCode.RangeNotSatisfiable;
        return EnvelopeWriter.RefuseAsync(context, new(code, code.Meaning));
    }
}
