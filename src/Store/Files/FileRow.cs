namespace MyTradeX.Store;

/// <summary>A file that somebody uploaded. Its bytes are not here but on disk.</summary>
public sealed record FileRow
{
    /// <summary>For <see cref="Purpose"/>: one of the user's files.</summary>
    public const string Upload = "UPLOAD";

    /// <summary>For <see cref="Purpose"/>: the user's picture, of which there is one.</summary>
    public const string Avatar = "AVATAR";

    /// <summary>Counted up by the database, never given twice.</summary>
    public long Id { get; init; }

    /// <summary>Whose it is.</summary>
    public long UserId { get; init; }

    /// <summary><see cref="Upload"/> or <see cref="Avatar"/>.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>Name of the file that holds the bytes; has nothing to do with <see cref="Name"/>.</summary>
    public string DiskName { get; init; } = "";

    /// <summary>What its owner sees.</summary>
    public string Name { get; init; } = "";

    /// <summary>Media type, as found in the bytes.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>SHA-256 of the bytes, in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public long CreatedAt { get; init; }
}

/// <summary>A file whose bytes are safe on disk.</summary>
public sealed record NewFile
{
    /// <inheritdoc cref="FileRow.UserId"/>
    public required long UserId { get; init; }

    /// <inheritdoc cref="FileRow.DiskName"/>
    public required string DiskName { get; init; }

    /// <inheritdoc cref="FileRow.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="FileRow.ContentType"/>
    public required string ContentType { get; init; }

    /// <inheritdoc cref="FileRow.Size"/>
    public required long Size { get; init; }

    /// <inheritdoc cref="FileRow.Sha256"/>
    public required string Sha256 { get; init; }
}

/// <summary>How much a user keeps, pictures of themselves aside.</summary>
public sealed record FileUsage
{
    /// <summary>Number of files.</summary>
    public long Files { get; init; }

    /// <summary>Bytes in all.</summary>
    public long Bytes { get; init; }
}

/// <summary>How adding a file ended.</summary>
public enum FileWriteStatus
{
    /// <summary>Written; the row is the new one.</summary>
    Done,

    /// <summary>The user would keep more than they may.</summary>
    QuotaExceeded,

    /// <summary>There is no such user any more.</summary>
    NoUser,
}

/// <summary>The outcome of adding a file.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="File">The new row, or null.</param>
public sealed record FileOutcome(FileWriteStatus Status, FileRow? File);

/// <summary>A user's picture put in place of another.</summary>
/// <param name="User">The user after the change.</param>
/// <param name="File">The picture.</param>
/// <param name="Replaced">Files on disk that nothing names any more.</param>
public sealed record AvatarChange(UserRow User, FileRow File, IReadOnlyList<string> Replaced);

/// <summary>What cleaning up needs to know of a file.</summary>
public sealed record FileOnDisk
{
    /// <inheritdoc cref="FileRow.Id"/>
    public long Id { get; init; }

    /// <inheritdoc cref="FileRow.UserId"/>
    public long UserId { get; init; }

    /// <inheritdoc cref="FileRow.Purpose"/>
    public string Purpose { get; init; } = "";

    /// <inheritdoc cref="FileRow.DiskName"/>
    public string DiskName { get; init; } = "";

    /// <summary>The picture that its user shows now; any address.</summary>
    public string? UserAvatar { get; init; }
}
