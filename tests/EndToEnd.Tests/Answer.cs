using System.Text.Json.Nodes;

namespace MyTradeX.EndToEnd.Tests;

/// <summary>What the server answered.</summary>
public sealed record Answer(int Status, JsonNode? Body, bool Replayed)
{
    public string? ErrorCode => Body?["error"]?["code"]?.GetValue<string>();

    /// <summary>The payload, after making sure of the status.</summary>
    public JsonNode Expect(int status)
    {
        if (Status != status) throw new InvalidOperationException($"expected {status}, got {Status}: {Body?.ToJsonString()}");
        return Body!["data"]!;
    }
}
