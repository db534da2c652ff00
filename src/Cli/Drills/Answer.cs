using System.Text.Json.Nodes;

namespace MyTradeX.Cli.Drills;

/// <summary>What the server answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The whole envelope; null when there was no body.</param>
/// <param name="Replayed">Whether the server says that it gave an earlier answer again.</param>
public sealed record Answer(int Status, JsonNode? Body, bool Replayed)
{
    /// <summary>The refusal's code, when it is one.</summary>
    public string? ErrorCode => Body?["error"]?["code"]?.GetValue<string>();

    /// <summary>The payload, after making sure of the status.</summary>
    /// <exception cref="InvalidOperationException">The answer has another status.</exception>
    public JsonNode Expect(int status)
    {
        if (Status != status) throw new InvalidOperationException($"expected {status}, got {Status}: {Body?.ToJsonString()}");
        return Body!["data"]!;
    }
}
