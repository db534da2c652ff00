using MyTradeX.Contracts.Admin;
using MyTradeX.Contracts.Identity;
using MyTradeX.Server.Features.Jobs;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Settings;

namespace MyTradeX.Server.Features.Webhooks.Stripe;

/// <summary><c>/webhooks/stripe</c>, where Stripe delivers, and <c>/admin/stripe-events</c>.</summary>
internal static class StripeEndpoints
{
    static readonly DateTimeOffset ExampleTime = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero);

    static readonly StripeEventDto Example = new()
    {
        Id = "evt_1NG8Du2eZvKYlo2CUI79vXWy", Type = "payment_intent.succeeded", Status = StripeEventStatus.Processed, Outcome = "account-5 was credited at sequence 4711",
        CreatedAt = ExampleTime, ReceivedAt = ExampleTime.AddSeconds(1), ProcessedAt = ExampleTime.AddSeconds(1),
    };

    static readonly StripeEventBody EventExample = new("evt_1NG8Du2eZvKYlo2CUI79vXWy", "payment_intent.succeeded", 1_705_314_600, new(new()
    {
        ["id"] = "pi_3MtwBwLkdIwHu7ix28a3tqPa", ["object"] = "payment_intent", ["amount_received"] = 25_000, ["currency"] = "usd", ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["accountId"] = "account-5" },
    }));

    public static void AddStripe(this WebApplicationBuilder builder)
    {
        builder.AddSettings<StripeOptions>("Stripe");
        builder.Services.AddSingleton<StripeFunding>();
        builder.Services.AddSingleton<StripeService>();
        builder.Services.AddJob<StripeJob, StripeHandler>(StripeJob.Kind);
    }

    public static void MapStripe(this RouteGroupBuilder api)
    {
        api.MapPost("/webhooks/stripe", async (StripeDelivery delivery, StripeService service, CancellationToken cancellation) =>
            {
                await service.ReceiveAsync(delivery, cancellation);
                return Api.Ok(new StripeReceipt(true));
            })
            .AllowAnonymous()
            .WithTags("Webhooks")
            .Described("receiveStripeEvent", "Takes an event from Stripe",
                "For Stripe alone: `Stripe-Signature` is checked over the raw body, within 300 seconds. An event that came before is answered alike and has no second effect. "
                + "`payment_intent.succeeded` credits the account that `metadata.accountId` names, or the default account of `metadata.userId`.")
            .Takes(EventExample)
            .Answers(StatusCodes.Status200OK, new StripeReceipt(true));

        api.MapGet("/admin/stripe-events", (QueryReader query, HttpRequest request, StripeService service, CancellationToken cancellation) => service.ListAsync(query, request.Query, cancellation))
            .WithTags("Admin")
            .Requires(Permission.ManageSystem)
            .Described("listStripeEvents", "Lists what Stripe told this venue", "Administrators only; newest first. What is `REJECTED` has its job among the dead letters.")
            .Query("status", "Only events in this state.", StripeEventStatus.Rejected)
            .Query("type", "Only events of this type.", "payment_intent.succeeded")
            .AnswersList(Example);
    }
}
