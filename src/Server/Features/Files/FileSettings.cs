using System.ComponentModel.DataAnnotations;

namespace MyTradeX.Server.Features.Files;

/// <summary>Section <c>Files</c>: what users may upload, and how much of it they may keep.</summary>
internal sealed class FileSettings : IValidatableObject
{
    /// <summary>Largest file, in bytes.</summary>
    [Range(1_024, 1_024 * 1_024 * 1_024)]
    public long BytesMax { get; init; } = 10 * 1_024 * 1_024;

    /// <summary>Most files that a user keeps.</summary>
    [Range(1, 1_000_000)]
    public long UserFilesMax { get; init; } = 1_000;

    /// <summary>Most bytes that a user keeps in all.</summary>
    [Range(1_024, 1_024L * 1_024 * 1_024 * 1_024)]
    public long UserBytesMax { get; init; } = 512L * 1_024 * 1_024;

    /// <summary>Uploads that a user may have under way; what they have sent so far is on the disk but in no quota yet.</summary>
    [Range(1, 1_000)]
    public int UserUploadsMax { get; init; } = 4;

    /// <summary>Largest picture of a user, in bytes.</summary>
    [Range(1_024, 64 * 1_024 * 1_024)]
    public long AvatarBytesMax { get; init; } = 1_024 * 1_024;

    /// <summary>Greatest width, and greatest height, of a user's picture, in pixels.</summary>
    [Range(1, 65_535)]
    public int AvatarPixelsMax { get; init; } = 4_096;

    /// <summary>Media types that are taken. None listed: every type that the server can tell.</summary>
    public string[] Types { get; init; } = [];

    /// <summary>The types that are taken.</summary>
    public IReadOnlyList<FileType> Allowed => Types.Length == 0 ? FileType.All : [.. FileType.All.Where(type => Types.Contains(type.ContentType, StringComparer.OrdinalIgnoreCase))];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Types.Any(named => FileType.All.All(type => !type.ContentType.Equals(named, StringComparison.OrdinalIgnoreCase))))
            yield return new($"must be among {string.Join(", ", FileType.All)}", [nameof(Types)]);
    }
}
