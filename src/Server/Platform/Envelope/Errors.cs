using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Store;
using MyTradeX.Venue;

namespace MyTradeX.Server.Platform.Envelope;

/// <summary>Turns whatever went wrong below — refusals, bugs, router misses, bodies that could not be read — into one form.</summary>
internal sealed partial class Errors(RequestDelegate next, IHostEnvironment environment, ILogger<Errors> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is listening any more; 499 is what logs and gateways call that.
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var kept = context.Response.Headers.ToArray();
            context.Response.Clear();
            foreach (var (name, value) in kept)
            {
                if (!name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || name.EndsWith("-Policy", StringComparison.OrdinalIgnoreCase))
                    context.Response.Headers[name] = value;
            }
            await EnvelopeWriter.RefuseAsync(context, Explain(exception));
            return;
        }
        catch (Exception exception) when (context.Response.ContentType == LineRequest.ContentType)
        {
            await EnvelopeWriter.BreakOffAsync(context, Explain(exception));
            // Kestrel then ends the answer without its proper end, after what has been written.
            throw;
        }

        var response = context.Response;
        if (response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            await EnvelopeWriter.RefuseAsync(context, Explain(context, response.StatusCode));
    }

    Refusal Explain(Exception exception)
    {
        switch (exception)
        {
            case ApiException refused:
                return refused.Refusal;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return new(ErrorCode.PayloadTooLarge, "The body is larger than this address accepts.");
            case BadHttpRequestException bad:
                return new(ErrorCode.ValidationError, bad.Message, new() { Field = "body", Reason = "could not be read" });
            case VenueUnavailableException { OutcomeUnknown: true } unknown:
                return new(ErrorCode.OutcomeUnknown,
                    $"{unknown.Message} Whether this was done is not known: ask again with the same Idempotency-Key or clientOrderId, or look for its effect; nothing is done twice.")
                { RetryAfterSeconds = (int)Math.Ceiling(unknown.RetryAfter.TotalSeconds) };
            case VenueUnavailableException unavailable:
                return new(ErrorCode.ServiceUnavailable, $"{unavailable.Message} Nothing was done; try again.") { RetryAfterSeconds = (int)Math.Ceiling(unavailable.RetryAfter.TotalSeconds) };
            case StoreUnavailableException:
                StoreUnavailable(exception);
                return new(ErrorCode.ServiceUnavailable, "The database does not answer at the moment; try again shortly.");
            default:
                Failed(exception);
                return new(ErrorCode.InternalServerError, "The server failed; the outcome is unknown. Quote the request id when reporting this.",
                    environment.IsDevelopment() ? new() { Exception = exception.ToString() } : null);
        }
    }

    static Refusal Explain(HttpContext context, int status)
    {
        var path = context.Request.Path.StartsWithSegments("/api", out var rest) ? context.Info().Prefix + rest : context.Request.Path.Value;
        return status switch
        {
            StatusCodes.Status404NotFound => new(ErrorCode.NotFound, $"There is nothing at {path}."),
            StatusCodes.Status405MethodNotAllowed =>
                new(ErrorCode.MethodNotAllowed, $"{path} does not take {context.Request.Method}; it takes {context.Response.Headers.Allow}."),
            StatusCodes.Status413PayloadTooLarge => new(ErrorCode.PayloadTooLarge, "The body is larger than this address accepts."),
            StatusCodes.Status415UnsupportedMediaType =>
                new(ErrorCode.UnsupportedMediaType, $"The body's Content-Type must be application/json, not {context.Request.ContentType ?? "absent"}."),
            StatusCodes.Status401Unauthorized => new(ErrorCode.Unauthorized, "Sign in first."),
            StatusCodes.Status403Forbidden => new(ErrorCode.Forbidden, "You may not do this."),
            StatusCodes.Status429TooManyRequests => new(ErrorCode.RateLimitExceeded, "Too many requests."),
            StatusCodes.Status503ServiceUnavailable => new(ErrorCode.ServiceUnavailable, "The server cannot take this now."),
            >= 500 => new(ErrorCode.InternalServerError, "The server failed; the outcome is unknown. Quote the request id when reporting this."),
            _ => new(ErrorCode.ValidationError, "The request could not be read."),
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the database does not answer")]
    partial void StoreUnavailable(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "request failed")]
    partial void Failed(Exception exception);
}
