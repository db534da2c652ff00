namespace MyTradeX.Server.Features.Webhooks;

/// <summary>Section <c>Webhooks</c>: what the server sends to addresses that users name.</summary>
internal sealed class WebhookOptions
{
    /// <summary>Whether deliveries may go to addresses within the server's own networks, and in the clear. Absent: in Development only.</summary>
    public bool? AllowPrivateAddresses { get; init; }

    /// <summary>Whether they may in an environment.</summary>
    public bool AllowsPrivateIn(IHostEnvironment environment) => AllowPrivateAddresses ?? environment.IsDevelopment();
}
