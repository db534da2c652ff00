using System.Globalization;
using System.Security.Cryptography;
using MyTradeX.Server.Features.Jobs;
using MyTradeX.Server.Features.Mail;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Webhooks;

/// <summary>Has a message delivered.</summary>
/// <param name="DeliveryId">The delivery's number.</param>
internal sealed record WebhookJob(long DeliveryId)
{
    // Eight tries over about a day. The waits vary by a fifth, so that what failed together does not come back together.
    static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(8), TimeSpan.FromHours(8),
    ];

    public static readonly JobKind<WebhookJob> Kind = new("webhook")
    {
        Policy = new() { Concurrency = 20, Attempts = Waits.Length + 1, Backoff = failed => Waits[Math.Min(failed, Waits.Length) - 1] * (0.8 + 0.4 * Random.Shared.NextDouble()) },
    };
}

/// <summary>Delivers messages, at least once each and always under the same id. A server that died over one sends it again.</summary>
internal sealed partial class WebhookHandler(
    WebhookStore store, WebhookClient client, WebhookSecrets secrets, UserStore users, Mails mails, TimeProvider clock, ILogger<WebhookHandler> log) : IJobHandler<WebhookJob>
{
    // A receiver may ask for patience, within what a delivery has time for.
    static readonly TimeSpan RetryAfterMax = TimeSpan.FromHours(8);

    static readonly WebhookPatience Patience = new(FailuresMax: 20, FailingMaxUs: (long)TimeSpan.FromDays(5).TotalMicroseconds);

    public async Task RunAsync(WebhookJob payload, JobRun run, CancellationToken cancellation)
    {
        // One that was deleted needs no delivery.
        if (await store.GetDeliveryAsync(payload.DeliveryId, cancellation) is not { Status: DeliveryStatuses.Pending } delivery
            || await store.GetAsync(delivery.WebhookId, cancellation) is not { } webhook)
            return;
        var (now, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        var sent = await TryAsync(webhook, delivery, now, cancellation);
        var mayRetry = sent.IsTransient && !run.IsLast;
        var tried = new DeliveryTry
        {
            At = Micros.From(now),
            DurationUs = (long)clock.GetElapsedTime(started).TotalMicroseconds,
            Status = sent.Error is null ? DeliveryStatuses.Delivered : mayRetry ? DeliveryStatuses.Pending : DeliveryStatuses.Failed,
            RequestHeaders = sent.Headers,
            ResponseStatus = sent.Answer?.Status,
            ResponseHeaders = sent.Answer?.Headers,
            ResponseBody = sent.Answer?.Body,
            Error = sent.Error,
        };
        var owner = await users.GetAsync(webhook.UserId, cancellation);
        var switchedOff = await store.RecordAsync(
            delivery, tried, Patience, sent.Answer?.Status == StatusCodes.Status410Gone ? "the receiver answered 410 Gone" : null, reason => NoticeOf(webhook, owner, reason), CancellationToken.None);
        if (switchedOff)
            SwitchedOff(Ids.Webhook(webhook.Id));
        // Of a webhook that was just switched off the next try finds that, and ends the delivery.
        if (mayRetry)
            throw new JobDelayedException(sent.Error!, sent.Answer?.RetryAfter is { } asked && asked > TimeSpan.Zero ? asked < RetryAfterMax ? asked : RetryAfterMax : null);
    }

    async Task<Sent> TryAsync(WebhookRow webhook, WebhookDeliveryRow delivery, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!webhook.Active)
            return new(null, null, "the webhook is not active", false);
        var headers = "";
        try
        {
            var signed = Sign(webhook, delivery, now);
            headers = string.Join('\n', signed.Select(header => $"{header.Name}: {header.Value}"));
            var answer = await client.PostAsync(new(webhook.Url), delivery.Body, signed, now, cancellation);
            return answer.Status switch
            {
                >= 200 and < 300 => new(headers, answer, null, false),
                StatusCodes.Status429TooManyRequests or >= 500 => new(headers, answer, $"the receiver answered {answer.Status}", true),
                >= 300 and < 400 => new(headers, answer, $"the receiver answered {answer.Status}; redirects are not followed", false),
                _ => new(headers, answer, $"the receiver answered {answer.Status}", false),
            };
        }
        catch (Exception fault) when (fault is HttpRequestException or TimeoutException or IOException)
        {
            return new(headers, null, fault.Message, true);
        }
        catch (AddressRefusedException refused)
        {
            return new(headers, null, refused.Message, false);
        }
        catch (CryptographicException)
        {
            return new(null, null, "its secret was stored under other keys than this server's: rotate it", false);
        }
    }

    (string Name, string Value)[] Sign(WebhookRow webhook, WebhookDeliveryRow delivery, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds();
        var signatures = WebhookSecrets.Sign(secrets.Open(webhook.Secret), delivery.MessageId, time, delivery.Body);
        if (webhook.PreviousSecret is { } previous && Micros.From(now) < webhook.PreviousUntil)
            signatures += " " + WebhookSecrets.Sign(secrets.Open(previous), delivery.MessageId, time, delivery.Body);
        return [("webhook-id", delivery.MessageId), ("webhook-timestamp", time.ToString(CultureInfo.InvariantCulture)), ("webhook-signature", signatures)];
    }

    NewJob? NoticeOf(WebhookRow webhook, UserRow? owner, string reason) => owner is null ? null : mails.Notification(
        owner.Email, owner.Name, "A webhook was switched off", $"Your webhook {Ids.Webhook(webhook.Id)} to {webhook.Url} was switched off: {reason}.\nNothing is delivered to it until you switch it on again.");

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Webhook} was switched off; its owner is told")]
    partial void SwitchedOff(string webhook);

    readonly record struct Sent(string? Headers, WebhookAnswer? Answer, string? Error, bool IsTransient);
}
