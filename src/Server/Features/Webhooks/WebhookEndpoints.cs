using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Webhooks;
using MyTradeX.Server.Features.Jobs;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Idempotency;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Settings;

namespace MyTradeX.Server.Features.Webhooks;

/// <summary><c>/webhooks</c>.</summary>
internal static class WebhookEndpoints
{
    static readonly DateTimeOffset ExampleTime = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero);

    static readonly WebhookDto Example = new()
    {
        Id = "webhook-3", Url = "https://example.com/hooks", Events = ["order.filled", "transfer.completed"], Description = "Bookkeeping", Active = true, CreatedAt = ExampleTime, UpdatedAt = ExampleTime,
    };

    static readonly WebhookDeliveryDto DeliveryExample = new()
    {
        Id = "delivery-41", WebhookId = "webhook-3", MessageId = "msg_2f1c9a", Event = "order.filled", Status = WebhookDeliveryStatus.Delivered, Attempts = 1,
        CreatedAt = ExampleTime, AttemptedAt = ExampleTime, DurationMs = 84.2m, ResponseStatus = 200,
    };

    const string ExampleSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        builder.AddSettings<WebhookOptions>("Webhooks");
        builder.Services.AddSingleton<WebhookSecrets>();
        builder.Services.AddSingleton<WebhookClient>();
        builder.Services.AddSingleton<WebhookService>();
        builder.Services.AddSingleton<WebhookBodies>();
        builder.Services.AddHostedService<WebhookRelay>();
        builder.Services.AddJob<WebhookJob, WebhookHandler>(WebhookJob.Kind);
    }

    public static void MapWebhooks(this RouteGroupBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks").WithTags("Webhooks");

        webhooks.MapPost("", async (Body<WebhookRequest> body, Caller caller, WebhookService service, CancellationToken cancellation) =>
            {
                var made = await service.CreateAsync(caller, body.Value, body.Faults, cancellation);
                return Api.Created("/webhooks/" + made.Id, made, LinksOf(made.Id));
            })
            .Requires(Permission.ViewPortfolio)
            .WithMetadata(new SecretAnswer())
            .Described("createWebhook", "Has events sent to an address of yours",
                "As signed POSTs, by Standard Webhooks. The answer shows the secret, once. At most 20 a user. Types of event: " + string.Join(", ", WebhookEvents.All.Select(name => $"`{name}`")) + ".")
            .Takes(new WebhookRequest("https://example.com/hooks", ["order.filled", "transfer.completed"], "Bookkeeping"))
            .Answers(StatusCodes.Status201Created, Example with { Secret = ExampleSecret })
            .Refuses(ErrorCode.LimitExceeded);

        webhooks.MapGet("", (Caller caller, QueryReader query, HttpRequest request, WebhookService service, CancellationToken cancellation) => service.ListAsync(caller, query, request.Query, cancellation))
            .Requires(Permission.ViewPortfolio)
            .Described("listWebhooks", "Lists your webhooks", "Oldest first.")
            .AnswersList(Example);

        webhooks.MapGet("/{id}", async (string id, Caller caller, WebhookService service, CancellationToken cancellation) => Api.Ok(await service.GetAsync(caller, id, cancellation), LinksOf(id)))
            .Requires(Permission.ViewPortfolio)
            .Described("getWebhook", "Shows a webhook of yours")
            .Path("id", "The webhook's id.", "webhook-3")
            .Answers(StatusCodes.Status200OK, Example)
            .Refuses(ErrorCode.NotFound);

        webhooks.MapPatch("/{id}", async (string id, Body<WebhookRequest> body, Caller caller, WebhookService service, CancellationToken cancellation) =>
                Api.Ok(await service.UpdateAsync(caller, id, body.Value, body.Faults, cancellation), LinksOf(id)))
            .Requires(Permission.ViewPortfolio)
            .Described("updateWebhook", "Changes a webhook of yours", "What is left out stays as it is. Switched on again, it begins afresh.")
            .Path("id", "The webhook's id.", "webhook-3")
            .Takes(new WebhookRequest(Active: false))
            .Answers(StatusCodes.Status200OK, Example with { Active = false })
            .Refuses(ErrorCode.NotFound);

        webhooks.MapDelete("/{id}", async (string id, Caller caller, WebhookService service, CancellationToken cancellation) =>
            {
                await service.DeleteAsync(caller, id, cancellation);
                return Api.NoContent();
            })
            .Requires(Permission.ViewPortfolio)
            .Described("deleteWebhook", "Deletes a webhook of yours", "And the record of what was delivered to it.")
            .Path("id", "The webhook's id.", "webhook-3")
            .AnswersEmpty()
            .Refuses(ErrorCode.NotFound);

        webhooks.MapPost("/{id}/rotate-secret", async (string id, Caller caller, WebhookService service, CancellationToken cancellation) => Api.Ok(await service.RotateAsync(caller, id, cancellation), LinksOf(id)))
            .Requires(Permission.ViewPortfolio)
            .WithMetadata(new SecretAnswer())
            .Described("rotateWebhookSecret", "Gives a webhook another secret", "For 24 hours deliveries are signed with the one before as well. The answer shows the new one, once.")
            .Path("id", "The webhook's id.", "webhook-3")
            .Answers(StatusCodes.Status200OK, Example with { Secret = ExampleSecret, PreviousSecretUntil = ExampleTime.AddDays(1) })
            .Refuses(ErrorCode.NotFound);

        webhooks.MapPost("/{id}/test", async (string id, Caller caller, WebhookService service, CancellationToken cancellation) => Made(await service.TestAsync(caller, id, cancellation)))
            .Requires(Permission.ViewPortfolio)
            .Described("testWebhook", "Has a test message delivered", $"Of type `{WebhookEvents.Test}`, whatever the webhook is for.")
            .Path("id", "The webhook's id.", "webhook-3")
            .Answers(StatusCodes.Status201Created, DeliveryExample with { Event = WebhookEvents.Test, Status = WebhookDeliveryStatus.Pending, Attempts = 0, AttemptedAt = null, DurationMs = null, ResponseStatus = null })
            .Refuses(ErrorCode.NotFound);

        webhooks.MapGet("/{id}/deliveries", (string id, Caller caller, QueryReader query, HttpRequest request, WebhookService service, CancellationToken cancellation) =>
                service.ListDeliveriesAsync(caller, id, query, request.Query, cancellation))
            .Requires(Permission.ViewPortfolio)
            .Described("listWebhookDeliveries", "Lists what was sent to a webhook of yours", "Newest first; kept for 30 days.")
            .Path("id", "The webhook's id.", "webhook-3")
            .Query("status", "Only deliveries in this state.", WebhookDeliveryStatus.Failed)
            .AnswersList(DeliveryExample)
            .Refuses(ErrorCode.NotFound);

        webhooks.MapGet("/{id}/deliveries/{deliveryId}", async (string id, string deliveryId, Caller caller, WebhookService service, CancellationToken cancellation) =>
                Api.Ok(await service.GetDeliveryAsync(caller, id, deliveryId, cancellation), DeliveryLinksOf(id, deliveryId)))
            .Requires(Permission.ViewPortfolio)
            .Described("getWebhookDelivery", "Shows a delivery", "With what was sent at the last try, and the beginning of what was answered.")
            .Path("id", "The webhook's id.", "webhook-3")
            .Path("deliveryId", "The delivery's id.", "delivery-41")
            .Answers(StatusCodes.Status200OK, DeliveryExample with
            {
                Request = new() { Headers = "webhook-id: msg_2f1c9a\nwebhook-timestamp: 1705314600\nwebhook-signature: v1,K5oZ…", Body = "{\"type\":\"order.filled\",…}" },
                Response = new() { Headers = "Server: nginx", Body = "ok" },
            })
            .Refuses(ErrorCode.NotFound);

        webhooks.MapPost("/{id}/deliveries/{deliveryId}/redeliver", async (string id, string deliveryId, Caller caller, WebhookService service, CancellationToken cancellation) =>
                Api.Ok(await service.RedeliverAsync(caller, id, deliveryId, cancellation), DeliveryLinksOf(id, deliveryId)))
            .Requires(Permission.ViewPortfolio)
            .Described("redeliverWebhook", "Sends a message again", "The same bytes under the same `webhook-id`, with all its tries before it. One that still waits for a try is left to its turn.")
            .Path("id", "The webhook's id.", "webhook-3")
            .Path("deliveryId", "The delivery's id.", "delivery-41")
            .Answers(StatusCodes.Status200OK, DeliveryExample with { Status = WebhookDeliveryStatus.Pending })
            .Refuses(ErrorCode.NotFound);
    }

    static ApiResult<WebhookDeliveryDto> Made(WebhookDeliveryDto delivery) =>
        Api.Created($"/webhooks/{delivery.WebhookId}/deliveries/{delivery.Id}", delivery, DeliveryLinksOf(delivery.WebhookId, delivery.Id));

    static Links LinksOf(string id) => new() { ["self"] = $"/webhooks/{id}", ["deliveries"] = $"/webhooks/{id}/deliveries", ["test"] = $"/webhooks/{id}/test" };

    static Links DeliveryLinksOf(string id, string deliveryId) => new() { ["self"] = $"/webhooks/{id}/deliveries/{deliveryId}", ["redeliver"] = $"/webhooks/{id}/deliveries/{deliveryId}/redeliver" };
}
