using System.Globalization;
using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Files;

/// <summary>The rules of users' pictures: small, whole images, one a user, shown to everyone who is signed in.</summary>
internal sealed class AvatarService(FileStore files, UserStore users, FileVault vault, UploadReader uploads, SessionDirectory sessions, FileSettings settings, TimeProvider clock)
{
    static readonly IReadOnlyList<FileType> Images = [.. FileType.All.Where(type => type.IsImage)];

    /// <summary>What a profile shows. Another picture has another address, so that no cache shows the old one.</summary>
    public static string AddressOf(long userId, long fileId) => string.Create(CultureInfo.InvariantCulture, $"/api/v1/users/{Ids.User(userId)}/avatar?v={fileId}");

    /// <summary>Puts a picture in place of the one before.</summary>
    /// <exception cref="ApiException"><c>FORBIDDEN</c>, <c>USER_NOT_FOUND</c>, or what was wrong with the picture.</exception>
    public async Task<UserRow> SetAsync(Caller caller, string id, HttpRequest request, CancellationToken cancellation)
    {
        // Before looking anything up, so that who may not look cannot learn which users exist.
        var isUser = Ids.TryParse(id, "user", out var userId);
        caller.RequireActFor(isUser ? userId : -1);
        if (!isUser || await users.GetAsync(userId, cancellation) is null)
            throw NoUser();
        using var received = await uploads.ReceiveAsync(request, settings.AvatarBytesMax, Images, cancellation);
        CheckSize(received);
        received.Content.Finish();
        var change = await files.SetAvatarAsync(received.Of(userId), fileId => AddressOf(userId, fileId), Micros.Now(clock), CancellationToken.None);
        if (change is null)
        {
            vault.Delete(received.Content.Name);
            throw NoUser();
        }
        sessions.Changed(change.User);
        foreach (var replaced in change.Replaced)
            vault.Delete(replaced);
        FileMetrics.Uploaded(change.File.Size);
        return change.User;
    }

    /// <summary>A user's picture, if their profile shows it: it may have been taken away there, or be one that lies elsewhere.</summary>
    /// <exception cref="ApiException"><c>FILE_NOT_FOUND</c></exception>
    public async Task<FileRow> GetAsync(string id, CancellationToken cancellation) =>
        Ids.TryParse(id, "user", out var userId) && await files.GetAvatarAsync(userId, cancellation) is { } picture
        && await users.GetAsync(userId, cancellation) is { } user && user.Avatar == AddressOf(userId, picture.Id)
            ? picture
            : throw NoPicture();

    /// <summary>Opens a picture's bytes.</summary>
    public Stream Open(FileRow picture) => vault.Open(picture.DiskName) ?? throw NoPicture();

    void CheckSize(ReceivedFile received)
    {
        if (ImageSize.Read(received.Content.Content, received.Type) is not { } size)
            throw new ApiException(Refusal.Field(UploadReader.PartName, "must be a whole picture; its header does not tell its size"));
        if (size.Width < 1 || size.Height < 1 || size.Width > settings.AvatarPixelsMax || size.Height > settings.AvatarPixelsMax)
            throw new ApiException(ErrorCode.ValidationError, $"The picture has {size.Width} × {size.Height} pixels; from 1 to {settings.AvatarPixelsMax} each way are taken.",
                new() { Field = UploadReader.PartName, Reason = "must have fewer pixels", Limit = settings.AvatarPixelsMax, Observed = $"{size.Width}×{size.Height}" });
    }

    static ApiException NoUser() => new(ErrorCode.UserNotFound, ErrorCode.UserNotFound.Meaning);

    static ApiException NoPicture() => new(ErrorCode.FileNotFound, "There is no picture of this user here.");
}
