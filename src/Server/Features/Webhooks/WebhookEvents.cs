namespace MyTradeX.Server.Features.Webhooks;

/// <summary>The types of event that a webhook can be for. Names never change once published.</summary>
internal static class WebhookEvents
{
    /// <summary>Sent on request alone, whatever a webhook is for.</summary>
    public const string Test = "webhook.test";

    public static readonly string[] All =
    [
        "account.closed", "account.opened", "deposit.completed", "order.accepted", "order.cancelled", "order.expired", "order.filled", "order.partially_filled",
        "transfer.cancelled", "transfer.completed", "transfer.failed", "transfer.scheduled",
    ];
}
