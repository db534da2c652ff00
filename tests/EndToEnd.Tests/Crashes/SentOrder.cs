using System.Text.Json.Nodes;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>An order that a trader has sent, and what is known of its fate.</summary>
public sealed class SentOrder(string clientOrderId, JsonObject request, string? idempotencyKey)
{
    public string ClientOrderId { get; } = clientOrderId;

    public JsonObject Request { get; } = request;

    public string? IdempotencyKey { get; } = idempotencyKey;

    /// <summary>The order as it was acknowledged; null while its fate is unknown.</summary>
    public JsonNode? Acknowledged { get; set; }

    /// <summary>The refusal's code, when it was refused.</summary>
    public string? Refused { get; set; }

    /// <summary>Whether its cancellation was acknowledged.</summary>
    public bool CancelAcknowledged { get; set; }

    /// <summary>Whether a cancellation was sent whose fate is unknown.</summary>
    public bool CancelUnknown { get; set; }

    public bool IsUnknown => Acknowledged is null && Refused is null;

    public string Id => Acknowledged!["id"]!.GetValue<string>();
}
