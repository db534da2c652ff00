using MyTradeX.Server.Platform.Settings;

namespace MyTradeX.Server.Features.Webhooks.Stripe;

/// <summary>Section <c>Stripe</c>: how deliveries prove that they are Stripe's.</summary>
internal sealed class StripeOptions
{
    /// <summary>The signing secret of the endpoint, <c>whsec_…</c>, as Stripe shows it. Without it no delivery is taken.</summary>
    [Secret]
    public string? WebhookSecret { get; init; }

    /// <summary>The secret before it, while Stripe still signs with both.</summary>
    [Secret]
    public string? PreviousWebhookSecret { get; init; }

    /// <summary>Every secret that counts.</summary>
    public IEnumerable<string> Secrets() => new[] { WebhookSecret, PreviousWebhookSecret }.OfType<string>().Where(secret => secret.Length > 0);
}
