using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Limits;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Files;

/// <summary>The rules of files: who may keep what, and who may see it. The bytes are safe before the row says so, and the row is gone before the bytes go.</summary>
internal sealed class FileService(FileStore files, FileVault vault, UploadReader uploads, FileSettings settings, TimeProvider clock)
{
    readonly Seats _seats = new(settings.UserUploadsMax, "uploads");

    /// <summary>Takes in a file for the caller.</summary>
    /// <exception cref="ApiException"><c>FILE_QUOTA_EXCEEDED</c>, or what was wrong with the upload.</exception>
    public async Task<FileRow> UploadAsync(Caller caller, HttpRequest request, CancellationToken cancellation)
    {
        using var seat = _seats.Take(caller);
        var used = await files.UsageAsync(caller.UserId, cancellation);
        // The size that the request announces is a little more than the file's.
        if (used.Files >= settings.UserFilesMax || used.Bytes + Math.Max(0, (request.ContentLength ?? 0) - UploadReader.OverheadMax) > settings.UserBytesMax)
            throw QuotaExceeded();
        using var received = await uploads.ReceiveAsync(request, settings.BytesMax, settings.Allowed, cancellation);
        received.Content.Finish();
        // From here on it is done, whether or not its sender still listens.
        var outcome = await files.AddAsync(received.Of(caller.UserId), new() { Files = settings.UserFilesMax, Bytes = settings.UserBytesMax }, Micros.Now(clock), CancellationToken.None);
        if (outcome.Status != FileWriteStatus.Done)
        {
            vault.Delete(received.Content.Name);
            throw outcome.Status == FileWriteStatus.QuotaExceeded ? QuotaExceeded() : new ApiException(ErrorCode.UserNotFound, "There is no such user any more.");
        }
        FileMetrics.Uploaded(outcome.File!.Size);
        return outcome.File;
    }

    /// <summary>A file of the caller's; administrators may have any.</summary>
    /// <exception cref="ApiException"><c>FILE_NOT_FOUND</c></exception>
    public async Task<FileRow> GetAsync(Caller caller, string id, CancellationToken cancellation) =>
        Ids.TryParse(id, "file", out var number) && await files.GetAsync(number, cancellation) is { Purpose: FileRow.Upload } file && caller.MayActFor(file.UserId)
            ? file
            : throw NotFound();

    /// <summary>Opens a file's bytes.</summary>
    /// <exception cref="ApiException"><c>FILE_NOT_FOUND</c> when it was deleted in this moment.</exception>
    public Stream Open(FileRow file) => vault.Open(file.DiskName) ?? throw NotFound();

    /// <summary>Deletes a file of the caller's; administrators may delete any.</summary>
    /// <exception cref="ApiException"><c>FILE_NOT_FOUND</c></exception>
    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancellation)
    {
        var file = await GetAsync(caller, id, cancellation);
        if (!await files.DeleteAsync(file.Id, cancellation))
            throw NotFound();
        vault.Delete(file.DiskName);
    }

    ApiException QuotaExceeded() => new(ErrorCode.FileQuotaExceeded,
        $"With this you would keep more than {settings.UserFilesMax:N0} files or {settings.UserBytesMax:N0} bytes; delete some first.", new() { Limit = settings.UserBytesMax });

    static ApiException NotFound() => new(ErrorCode.FileNotFound, ErrorCode.FileNotFound.Meaning);
}
