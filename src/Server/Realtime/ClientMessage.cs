using System.Text.Json;

namespace MyTradeX.Server.Realtime;

/// <summary>A message from a client of <c>/ws</c>; which members it needs depends on its type.</summary>
internal sealed record ClientMessage
{
    public string? Type { get; init; }

    public JsonElement? Payload { get; init; }

    public string? RoomId { get; init; }

    public string? UserId { get; init; }

    public IReadOnlyList<string?>? Topics { get; init; }

    public IReadOnlyList<string?>? Channels { get; init; }

    public string? Topic { get; init; }

    public string? Cursor { get; init; }

    public string? Token { get; init; }

    public bool? Enabled { get; init; }

    /// <summary>The topics meant, by whichever of the names.</summary>
    public IReadOnlyList<string> Names() => [.. (Topics ?? Channels ?? (Topic is null ? [] : [Topic])).Select(name => name ?? "")];
}
