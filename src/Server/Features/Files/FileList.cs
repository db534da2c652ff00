using MyTradeX.Contracts.Files;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Files;

/// <summary>Lists a user's files, newest first, paged either way.</summary>
internal sealed class FileList(FileStore files, CursorCodec cursors)
{
    public async Task<ApiResult<IReadOnlyList<FileDto>>> ListAsync(Caller caller, QueryReader query, HttpContext context, CancellationToken cancellation)
    {
        var page = PageRequest.From(query);
        var scope = $"files {caller.UserId}";
        var cursor = page.OpenCursor<Cursor<TimeKey>>(cursors, scope, query.Faults);
        query.Faults.ThrowIfAny();

        var (rows, pagination) = await new StoredPages<FileRow, TimeKey>(cursors, scope).ReadAsync(
            page, cursor, (number, size) => files.ListAsync(caller.UserId, number, size, cancellation), (place, size) => files.ListAsync(caller.UserId, place, size, cancellation));
        return Api.List<FileDto>([.. rows.Select(row => row.ToDto(context.Info()))], pagination, page.Links("/files", context.Request.Query, pagination));
    }
}
