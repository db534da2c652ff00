using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Idempotency;

/// <summary>Marks endpoints whose idempotency key travels in the journal with their command, where it survives with it.</summary>
internal sealed class JournalIdempotency;

/// <summary>Marks endpoints whose answer holds a secret that is shown once: it is not kept, so their writes have no idempotency key.</summary>
internal sealed class SecretAnswer;

/// <summary>
/// Marks endpoints whose body is worked on as it comes, and may be too large to be held. A key there stands for address and length; the body itself is not compared.
/// Such an endpoint bounds the body itself, since the web server cuts the connection of a body beyond its own limit, and the sender seldom sees why.
/// </summary>
internal sealed class StreamedBody : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => null;
}

/// <summary>
/// Makes repeated writes harmless: a signed-in caller's <c>Idempotency-Key</c> gives the first success again for a day, with
/// <c>Idempotency-Replayed: true</c>. A refusal changed nothing and is not kept. A key used for a different request, or one still under way, is refused.
/// </summary>
internal sealed class IdempotentWrites(RequestDelegate next, IdempotencyStore store, TimeProvider clock)
{
    const int KeyMax = 255;

    public Task InvokeAsync(HttpContext context)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0 || SessionCookies.IsSafe(context.Request.Method) || Caller.Of(context.User) is not { } caller
            || context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<JournalIdempotency>() is not null || endpoint.Metadata.GetMetadata<SecretAnswer>() is not null
            // Signing in is for nobody in particular, and its answers hold tokens, which are not kept in the clear.
            || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return next(context);
        if (key.Length > KeyMax)
            return EnvelopeWriter.RefuseAsync(context, Refusal.Field("Idempotency-Key", $"must have at most {KeyMax} characters"));
        return RunOnceAsync(context, caller, SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }

    async Task RunOnceAsync(HttpContext context, Caller caller, byte[] keyHash)
    {
        var reservation = await store.ReserveAsync(caller.UserId, keyHash, await FingerprintAsync(context), Micros.Now(clock), context.RequestAborted);
        switch (reservation.Status)
        {
            case ReservationStatus.Completed:
                await ReplayAsync(context, reservation.Answer!);
                break;
            case ReservationStatus.Conflict:
                await RefuseAsync(context, "This idempotency key was used for a different request; take a new one.");
                break;
            case ReservationStatus.InProgress:
                await RefuseAsync(context, "The first request with this idempotency key is still under way; ask again in a moment.", retryAfterSeconds: 1);
                break;
            default:
                await RunAndKeepAsync(context, caller.UserId, keyHash);
                break;
        }
    }

    async Task RunAndKeepAsync(HttpContext context, long userId, byte[] keyHash)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var kept = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(kept, body));
        var status = 0;
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            context.Features.Set(body);
            // The caller may have hung up; the outcome stands all the same.
            if (status is >= 200 and < 300 && kept.Length <= IdempotencyStore.BodyMax)
                await store.CompleteAsync(userId, keyHash, new(status, context.Response.Headers.Location, kept.ToArray()), CancellationToken.None);
            else
                await store.ReleaseAsync(userId, keyHash, CancellationToken.None);
        }
        await body.Writer.WriteAsync(kept.ToArray(), context.RequestAborted);
    }

    static async Task ReplayAsync(HttpContext context, StoredAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers["Idempotency-Replayed"] = "true";
        response.Headers.CacheControl = "no-store";
        if (answer.Location is not null)
            response.Headers.Location = answer.Location;
        if (answer.Body.Length == 0)
            return;
        response.ContentType = "application/json; charset=utf-8";
        await response.BodyWriter.WriteAsync(answer.Body, context.RequestAborted);
    }

    static Task RefuseAsync(HttpContext context, string message, int? retryAfterSeconds = null) =>
        EnvelopeWriter.RefuseAsync(context, new(ErrorCode.IdempotencyConflict, message, new() { Field = "Idempotency-Key" }) { RetryAfterSeconds = retryAfterSeconds });

    static async Task<byte[]> FingerprintAsync(HttpContext context)
    {
        var request = context.Request;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"v{context.Info().Version} {request.Method} {request.Path}{request.QueryString}\n"));
        if (context.GetEndpoint()?.Metadata.GetMetadata<StreamedBody>() is not null)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{request.ContentLength}"));
            return hash.GetHashAndReset();
        }
        var reader = request.BodyReader;
        ReadResult read;
        // Looked at, not consumed: the endpoint reads the same bytes.
        while (!(read = await reader.ReadAsync(context.RequestAborted)).IsCompleted)
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        foreach (var segment in read.Buffer)
            hash.AppendData(segment.Span);
        reader.AdvanceTo(read.Buffer.Start);
        return hash.GetHashAndReset();
    }
}
