using System.Text.Json.Nodes;

namespace MyTradeX.Cli.Drills;

/// <summary>An order that a trader has sent, and what is known of its fate.</summary>
internal sealed class SentOrder(string clientOrderId, JsonObject request, string? idempotencyKey)
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

    /// <summary>When it was accepted, by the venue's time.</summary>
    public DateTimeOffset AcceptedAt => Acknowledged!["createdAt"]!.GetValue<DateTimeOffset>();

    /// <summary>The place in the journal of the command that placed it; null when the answer to that was never seen, but only a later one.</summary>
    public long? Sequence { get; set; }

    /// <summary>What is known now, for a comparison with a state of the past.</summary>
    public SentOrder Copy() => new(ClientOrderId, Request, IdempotencyKey)
    {
        Acknowledged = Acknowledged,
        Refused = Refused,
        CancelAcknowledged = CancelAcknowledged,
        CancelUnknown = CancelUnknown,
    };
}
