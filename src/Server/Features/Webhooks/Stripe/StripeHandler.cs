using MyTradeX.Server.Features.Jobs;
using MyTradeX.Server.Features.Mail;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Webhooks.Stripe;

/// <summary>Has an event of Stripe's take effect.</summary>
/// <param name="EventId">Stripe's id of the event.</param>
internal sealed record StripeJob(string EventId)
{
    // One at a time: see StripeFunding. And with patience: an event that is given up is a payment that a human has to look after.
    public static readonly JobKind<StripeJob> Kind = new("stripe-event")
    {
        Policy = new() { Concurrency = 1, Attempts = 20, Backoff = failed => TimeSpan.FromSeconds(Math.Min(600, Math.Pow(2, failed))) },
    };
}

/// <summary>Gives each event its effect. It may run again after any of its steps, and events come in any order.</summary>
internal sealed partial class StripeHandler(StripeStore store, StripeFunding funding, UserStore users, Mails mails, TimeProvider clock, ILogger<StripeHandler> log) : IJobHandler<StripeJob>
{
    public async Task RunAsync(StripeJob payload, JobRun run, CancellationToken cancellation)
    {
        if (await store.GetAsync(payload.EventId, cancellation) is not { } stored)
            throw new JobRejectedException("there is no such event");
        if (stored.Status == StripeEventStatuses.Processed)
            return;
        try
        {
            var (outcome, mail) = await TakeEffectAsync(StripeEvent.Read(stored.Payload), cancellation);
            await store.FinishAsync(stored.StripeId, outcome, Micros.Now(clock), mail, cancellation);
        }
        catch (JobRejectedException rejected)
        {
            await store.RejectAsync(stored.StripeId, rejected.Message, cancellation);
            throw;
        }
    }

    async Task<(string Outcome, NewJob? Mail)> TakeEffectAsync(StripeEvent told, CancellationToken cancellation)
    {
        switch (told.Type)
        {
            case "payment_intent.succeeded":
                return (await funding.CreditAsync(told, cancellation), null);
            case "payment_intent.payment_failed" or "payment_intent.failed":
                return await TellOfFailureAsync(told, cancellation);
            case "customer.subscription.updated":
                return (await RecordSubscriptionAsync(told, cancellation), null);
            default:
                Recorded(told.Id, told.Type);
                return ("recorded; this venue does nothing about it", null);
        }
    }

    async Task<(string Outcome, NewJob? Mail)> TellOfFailureAsync(StripeEvent told, CancellationToken cancellation)
    {
        // A later try may have succeeded, and its event may have overtaken this one.
        if (await store.FindPaymentAsync(StripeFunding.RequireId(told), cancellation) is not null)
            return ("the payment has succeeded since", null);
        if (funding.OwnerOf(told) is var owner && (owner == 0 || await users.GetAsync(owner, cancellation) is not { } user))
            return ("recorded; it names nobody who could be told", null);
        var reason = told.Object.TryGetProperty("last_payment_error", out var error) && error.ValueKind == System.Text.Json.JsonValueKind.Object ? StripeEvent.Text(error, "message") : null;
        var mail = mails.Notification(
            user.Email, user.Name, "Your payment failed", $"A payment to your account could not be taken{(reason is null ? "." : $": {Shortened(reason)}")}\nNothing was credited. You can try again or use another card.");
        return (mail is null ? "recorded; this venue sends no mail" : $"{Ids.User(user.Id)} is told by mail", mail);
    }

    async Task<string> RecordSubscriptionAsync(StripeEvent told, CancellationToken cancellation)
    {
        if (StripeEvent.Text(told.Object, "id") is not { Length: > 0 and <= 255 } id || StripeEvent.Text(told.Object, "status") is not { Length: > 0 and <= 100 } status)
            throw new JobRejectedException("the subscription has no id or no status");
        return await store.RecordSubscriptionAsync(new(id, StripeEvent.Text(told.Object, "customer"), status, told.CreatedAt, told.Id), cancellation)
            ? $"the subscription is {status}"
            : "something newer is known of the subscription";
    }

    static string Shortened(string text) => text.Length <= 500 ? text : text[..500] + "…";

    [LoggerMessage(Level = LogLevel.Information, Message = "Stripe's event {Event} of type {Type} is recorded")]
    partial void Recorded(string @event, string type);
}
