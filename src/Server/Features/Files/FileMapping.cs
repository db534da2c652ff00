using MyTradeX.Contracts.Files;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Files;

/// <summary>Stored files as the wire shows them.</summary>
internal static class FileMapping
{
    /// <summary>A file's address below <c>/api/v…</c>.</summary>
    public static string PathOf(FileRow file) => "/files/" + Ids.File(file.Id);

    /// <param name="info">Of the request, whose version the address has too.</param>
    public static FileDto ToDto(this FileRow file, RequestInfo info) => new()
    {
        FileId = Ids.File(file.Id),
        Name = file.Name,
        Size = file.Size,
        ContentType = file.ContentType,
        Sha256 = file.Sha256,
        CreatedAt = Micros.ToInstant(file.CreatedAt),
        Url = info.Prefix + PathOf(file),
    };
}
