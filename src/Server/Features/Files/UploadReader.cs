using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Features.Files;

/// <summary>
/// Takes the one file of a <c>multipart/form-data</c> body (RFC 7578) from the wire to the disk, a piece at a time, and finds out on the way what it is.
/// Whatever ends it early – the sender, a limit, a fault – leaves nothing behind.
/// </summary>
internal sealed class UploadReader(FileVault vault)
{
    /// <summary>The part's name.</summary>
    public const string PartName = "file";

    /// <summary>Bytes that boundaries and headers may take, beside the file.</summary>
    public const int OverheadMax = 16 * 1_024;

    // RFC 2046 §5.1.1.
    const int BoundaryMax = 70;
    const int HeadersMax = 16, HeaderBytesMax = 8 * 1_024;
    const int PieceBytes = 64 * 1_024;

    /// <summary>Receives the file.</summary>
    /// <param name="bytesMax">Largest file.</param>
    /// <param name="allowed">The types that are taken here.</param>
    /// <exception cref="ApiException">What was wrong with it.</exception>
    public async Task<ReceivedFile> ReceiveAsync(HttpRequest request, long bytesMax, IReadOnlyList<FileType> allowed, CancellationToken cancellation)
    {
        var boundary = BoundaryOf(request);
        if (request.ContentLength > bytesMax + OverheadMax)
            throw TooLarge(bytesMax);
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = HeadersMax, HeadersLengthLimit = HeaderBytesMax };
        ReceivedFile? received = null;
        try
        {
            while (await ReadingAsync(() => reader.ReadNextSectionAsync(cancellation)) is { } part)
            {
                if (received is not null || FileNameOf(part) is not { } fileName)
                    throw new ApiException(Refusal.Field("body", $"must have one part, a file named '{PartName}', and no other"));
                received = await ReceiveAsync(part, fileName, bytesMax, allowed, cancellation);
            }
            return received ?? throw new ApiException(Refusal.Field(PartName, "is required"));
        }
        catch
        {
            received?.Dispose();
            throw;
        }
    }

    async Task<ReceivedFile> ReceiveAsync(MultipartSection part, string fileName, long bytesMax, IReadOnlyList<FileType> allowed, CancellationToken cancellation)
    {
        var file = vault.Begin();
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var text = new TextCheck();
            FileType? type = null;
            var isLast = false;
            while (!isLast)
            {
                var (length, ended) = await FillAsync(part.Body, piece, cancellation);
                isLast = ended;
                var bytes = piece.AsMemory(0, length);
                if (file.Length + length > bytesMax)
                    throw TooLarge(bytesMax);
                // Pieces are filled, so the first one has all the bytes that tell.
                type ??= length > 0 ? Tell(bytes.Span, fileName, part.ContentType, allowed) : throw new ApiException(Refusal.Field(PartName, "must not be empty"));
                if (type.IsText)
                {
                    text.Read(bytes.Span, isLast);
                    if (!text.IsText)
                        throw Unknown(allowed);
                }
                hash.AppendData(bytes.Span);
                file.Append(bytes.Span);
            }
            return new(file, FileName.Clean(fileName, type!), type!, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch
        {
            file.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    static FileType Tell(ReadOnlySpan<byte> beginning, string fileName, string? contentType, IReadOnlyList<FileType> allowed)
    {
        var head = beginning[..Math.Min(beginning.Length, FileType.HeadBytes)];
        var declared = FileType.Declared(MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed.MediaType.Value : contentType);
        var type = FileType.Of(head);
        // Nothing but its name, or its sender, tells a table from other text.
        if (type == FileType.Text && (declared == FileType.Csv.ContentType || fileName.EndsWith(FileType.Csv.Extensions[0], StringComparison.OrdinalIgnoreCase)))
        {
            type = FileType.Csv;
            // A table is text, too.
            declared = declared == FileType.Text.ContentType ? null : declared;
        }
        if (type is null || !allowed.Contains(type))
            throw Unknown(allowed, type?.ContentType ?? FileType.KindRefused(head));
        if (declared is not null && declared != type.ContentType)
            throw new ApiException(ErrorCode.UnsupportedMediaType, $"The file says that it is {Shown(declared)}, but its content is {type}.",
                new() { Field = PartName, Reason = "must be what its Content-Type says", Observed = type.ContentType });
        return type;
    }

    static ApiException Unknown(IReadOnlyList<FileType> allowed, string? kind = null) =>
        new(ErrorCode.UnsupportedMediaType, $"The file is {kind ?? "of an unknown type"}; what is taken here is {string.Join(", ", allowed)}.",
            new() { Field = PartName, Reason = $"must be {string.Join(", ", allowed)}", Observed = kind });

    static ApiException TooLarge(long bytesMax) => new(ErrorCode.PayloadTooLarge, $"The file is larger than {bytesMax:N0} bytes.", new() { Field = PartName, Limit = bytesMax });

    // Null for what is not a file named "file"; a field without a file name is text that someone typed.
    static string? FileNameOf(MultipartSection part)
    {
        if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(disposition.Name) != PartName || (disposition.FileName.Value is null && disposition.FileNameStar.Value is null))
            return null;
        return HeaderUtilities.RemoveQuotes(disposition.FileNameStar.Value is { Length: > 0 } ? disposition.FileNameStar : disposition.FileName).ToString();
    }

    static string BoundaryOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw new ApiException(ErrorCode.UnsupportedMediaType, $"The body's Content-Type must be multipart/form-data, not {Shown(request.ContentType ?? "absent")}.");
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= BoundaryMax ? boundary : throw new ApiException(Refusal.Field("body", $"must have a boundary of 1 to {BoundaryMax} characters in its Content-Type"));
    }

    static async Task<(int Length, bool IsLast)> FillAsync(Stream body, byte[] piece, CancellationToken cancellation)
    {
        var length = 0;
        while (length < PieceBytes)
        {
            var read = await ReadingAsync(async () => await body.ReadAsync(piece.AsMemory(length, PieceBytes - length), cancellation));
            if (read == 0)
                return (length, true);
            length += read;
        }
        return (length, false);
    }

    // The reader tells of a body that is no such form, or ends before it should, by these two; what HTTP itself has to say is a kind of the second.
    static async Task<T> ReadingAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new ApiException(Refusal.Field("body", "is not well-formed multipart/form-data, or was cut short"));
        }
    }

    static string Shown(string text) => text.Length <= 100 ? text : text[..100] + "…";
}

/// <summary>A whole file, not yet anybody's; disposing of it before it is finished leaves nothing behind.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Name">Cleaned.</param>
/// <param name="Type">As told by its bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal digits.</param>
internal sealed record ReceivedFile(FileVault.FileInTheMaking Content, string Name, FileType Type, string Sha256) : IDisposable
{
    /// <summary>The file as a row.</summary>
    public Store.NewFile Of(long userId) => new()
    {
        UserId = userId, DiskName = Content.Name, Name = Name, ContentType = Type.ContentType, Size = Content.Length, Sha256 = Sha256,
    };

    public void Dispose() => Content.Dispose();
}
