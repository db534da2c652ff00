using MyTradeX.Contracts;
using MyTradeX.Contracts.Files;
using MyTradeX.Contracts.Identity;
using MyTradeX.Journal.Disks;
using MyTradeX.Server.Features.Users;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Idempotency;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Settings;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Files;

/// <summary><c>/upload</c>, <c>/files</c> and <c>/users/{id}/avatar</c>.</summary>
internal static class FileEndpoints
{
    const string Folder = "files";

    static readonly FileDto Example = new()
    {
        FileId = "file-12", Name = "statement.pdf", Size = 48_213, ContentType = "application/pdf", Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        CreatedAt = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero), Url = "/api/v1/files/file-12",
    };

    static readonly User UserExample = new()
    {
        Id = "user-123", Email = "user@example.com", Name = "John Doe", FirstName = "John", LastName = "Doe", Avatar = AvatarService.AddressOf(123, 13), Role = UserRole.Trader,
        Status = UserStatus.Active, CreatedAt = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), UpdatedAt = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero),
    };

    public static void AddFiles(this WebApplicationBuilder builder)
    {
        builder.AddSettings<FileSettings>("Files");
        var services = builder.Services;
        services.AddSingleton<FileStore>();
        services.AddSingleton(provider => new FileVault(new FileDisk(Path.Combine(provider.GetRequiredService<ServerOptions>().DataDir, Folder)), provider.GetRequiredService<ILogger<FileVault>>()));
        services.AddSingleton<UploadReader>();
        services.AddSingleton<FileService>();
        services.AddSingleton<FileList>();
        services.AddSingleton<AvatarService>();
        services.AddHostedService<FileSweep>();
    }

    public static void MapFiles(this RouteGroupBuilder api)
    {
        var settings = ((IEndpointRouteBuilder)api).ServiceProvider.GetRequiredService<FileSettings>();
        MapUpload(api, settings);
        MapStored(api.MapGroup("/files").WithTags("Files"));
        MapAvatar(api.MapGroup("/users/{id}/avatar").WithTags("Users"), settings);
    }

    static void MapUpload(RouteGroupBuilder api, FileSettings settings) =>
        api.MapPost("/upload", async (HttpContext context, Caller caller, FileService service, CancellationToken cancellation) =>
            {
                var file = await service.UploadAsync(caller, context.Request, cancellation);
                return Api.Created(FileMapping.PathOf(file), file.ToDto(context.Info()));
            })
            .WithTags("Files")
            .WithMetadata(new StreamedBody())
            .Described("upload", "Uploads a file",
                $"One part named `{UploadReader.PartName}`, of at most {settings.BytesMax:N0} bytes. What it is, its bytes tell: {string.Join(", ", settings.Allowed)}; "
                + "a `Content-Type` of the part that says otherwise is refused. A path in its name is dropped, and the name ends in its type's extension. It is durable when answered.")
            .TakesFile(UploadReader.PartName, "The file's bytes.")
            .Answers(StatusCodes.Status201Created, Example)
            .Refuses(ErrorCode.FileQuotaExceeded, ErrorCode.UserNotFound);

    static void MapStored(RouteGroupBuilder files)
    {
        files.MapGet("", (Caller caller, QueryReader query, HttpContext context, FileList list, CancellationToken cancellation) => list.ListAsync(caller, query, context, cancellation))
            .Described("listFiles", "Lists your files", "Newest first.")
            .AnswersList(Example);

        foreach (var (method, id, summary) in (ReadOnlySpan<(string, string, string)>)[(HttpMethods.Get, "getFile", "Downloads a file"), (HttpMethods.Head, "headFile", "Tells what a download would bring")])
        {
            files.MapMethods("/{id}", [method], async (string id, Caller caller, FileService service, CancellationToken cancellation) =>
                    (IResult)new StoredContent(await service.GetAsync(caller, id, cancellation), service.Open, isShown: false))
                .Described(id, summary, "One of yours; administrators may have any. Takes `Range`, `If-Range`, `If-None-Match` and `If-Match`; the `ETag` is the SHA-256 of the bytes.")
                .Path("id", "The file's id.", "file-12")
                .AnswersBytes("%PDF-1.7 …")
                .Refuses(ErrorCode.FileNotFound, ErrorCode.PreconditionFailed, ErrorCode.RangeNotSatisfiable);
        }

        files.MapDelete("/{id}", async (string id, Caller caller, FileService service, CancellationToken cancellation) =>
            {
                await service.DeleteAsync(caller, id, cancellation);
                return Api.NoContent();
            })
            .Described("deleteFile", "Deletes a file", "One of yours; administrators may delete any. The id is never given again.")
            .Path("id", "The file's id.", "file-12")
            .AnswersEmpty()
            .Refuses(ErrorCode.FileNotFound);
    }

    static void MapAvatar(RouteGroupBuilder avatar, FileSettings settings)
    {
        avatar.MapPut("", async (string id, HttpContext context, Caller caller, AvatarService service, CancellationToken cancellation) =>
            {
                var user = await service.SetAsync(caller, id, context.Request, cancellation);
                return Api.Ok(user.ToUser(), new Links { ["self"] = "/users/" + Ids.User(user.Id) });
            })
            .WithMetadata(new StreamedBody())
            .Described("setAvatar", "Sets a user's picture",
                $"The user themselves or an administrator. One part named `{UploadReader.PartName}`: PNG, JPEG, GIF or WebP of at most {settings.AvatarBytesMax:N0} bytes and "
                + $"{settings.AvatarPixelsMax} × {settings.AvatarPixelsMax} pixels. The user's `avatar` becomes its address, and the picture before is gone. An empty `avatar` in `PATCH /users/{{id}}` takes it away.")
            .Path("id", "The user's id.", "user-123")
            .TakesFile(UploadReader.PartName, "The picture's bytes.")
            .Answers(StatusCodes.Status200OK, UserExample)
            .Refuses(ErrorCode.UserNotFound, ErrorCode.Forbidden);

        avatar.MapGet("", async (string id, AvatarService service, CancellationToken cancellation) =>
                (IResult)new StoredContent(await service.GetAsync(id, cancellation), service.Open, isShown: true))
            .Described("getAvatar", "Shows a user's picture", "For everyone who is signed in. Ranges and conditions as for files.")
            .Path("id", "The user's id.", "user-123")
            .AnswersBytes("\u2030PNG …")
            .Refuses(ErrorCode.FileNotFound, ErrorCode.PreconditionFailed, ErrorCode.RangeNotSatisfiable);
    }
}
