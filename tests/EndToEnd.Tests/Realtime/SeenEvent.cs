using System.Text.Json;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>An event as a client got it, whatever the door.</summary>
sealed record SeenEvent(string Cursor, string Name, string Topic, long Sequence, JsonElement Payload)
{
    /// <summary>Whether it tells of <see cref="TradedVenue.LastOrder"/> that it is over.</summary>
    public bool IsLast => Name == "order:update" && Text("clientOrderId") == TradedVenue.LastOrder && Text("status") is not ("NEW" or "PARTIAL");

    /// <summary>From the one JSON form that streams and polls share.</summary>
    public static SeenEvent From(JsonElement json) => new(
        json.TryGetProperty("cursor", out var cursor) ? cursor.GetString()! : "", json.GetProperty("type").GetString()!, json.TryGetProperty("topic", out var topic) ? topic.GetString()! : "",
        json.TryGetProperty("sequence", out var sequence) ? sequence.GetInt64() : 0, json.GetProperty("payload").Clone());

    /// <summary>The same events in the same order, each once; the first that is not so fails by its place.</summary>
    public static void RequireSame(IReadOnlyList<SeenEvent> expected, IReadOnlyList<SeenEvent> actual)
    {
        for (var i = 0; i < Math.Min(expected.Count, actual.Count); i++)
            Assert.True(expected[i].IsSameAs(actual[i]), $"event {i} of {expected.Count} is {expected[i]}, but the client that was cut had {actual[i]}");
        Assert.Equal(expected.Count, actual.Count);
    }

    bool IsSameAs(SeenEvent other) =>
        (Cursor, Name, Topic, Sequence) == (other.Cursor, other.Name, other.Topic, other.Sequence) && JsonElement.DeepEquals(Payload, other.Payload);

    string? Text(string member) => Payload.TryGetProperty(member, out var value) ? value.GetString() : null;
}
