using System.Text.Json;

namespace MyTradeX.Contracts.Trading;

/// <summary>What a long poll answers.</summary>
public sealed record PollDto
{
    /// <summary>To be sent with the next poll: it goes on after the last event of this one.</summary>
    public required string Cursor { get; init; }

    /// <summary>What has happened, oldest first; empty when nothing has.</summary>
    public required IReadOnlyList<RealtimeEventDto> Events { get; init; }

    /// <summary>The last sequence number of every topic.</summary>
    public required IReadOnlyDictionary<string, long> Sequences { get; init; }
}

/// <summary>One event of a topic, as every door tells it.</summary>
public sealed record RealtimeEventDto
{
    /// <summary>For example <c>market:update</c>, <c>order:update</c>, <c>gap</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The topic, for example <c>market:AAPL</c> or <c>orders</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>The first of the topic's sequence numbers that it stands for; absent when it is one alone.</summary>
    public long? FirstSequence { get; init; }

    /// <summary>The last of them. A topic's numbers follow each other without gaps.</summary>
    public long Sequence { get; init; }

    /// <summary>To go on after this event.</summary>
    public required string Cursor { get; init; }

    /// <summary>When it was told, UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>What REST would show: an order, a trade, a market.</summary>
    public JsonElement Payload { get; init; }
}
