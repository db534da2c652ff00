namespace MyTradeX.Contracts.Files;

/// <summary>A file that the caller uploaded.</summary>
public sealed record FileDto
{
    /// <summary><c>file-12</c>.</summary>
    public required string FileId { get; init; }

    /// <summary>For people, and for saving it: without a path, ending in its type's extension.</summary>
    public required string Name { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Media type, as found in its bytes.</summary>
    public required string ContentType { get; init; }

    /// <summary>SHA-256 of its bytes, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was complete, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where its bytes are to be had, on this server.</summary>
    public required string Url { get; init; }
}
