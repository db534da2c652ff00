using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Observability;
using MyTradeX.Server.Platform.Requests;

namespace MyTradeX.Server.Platform.Envelope;

/// <summary>Writes every answer under <c>/api</c>, in the form of the version that was asked for. The only place that knows those forms.</summary>
internal static class EnvelopeWriter
{
    const string Json = "application/json; charset=utf-8";
    const string ProblemJson = "application/problem+json; charset=utf-8";
    const int RetryAfterDefaultSeconds = 1;

    static readonly TimeSpan LastLineWait = TimeSpan.FromSeconds(2);

    static readonly JsonWriterOptions WriterOptions = new() { Encoder = WireJson.Options.Encoder, SkipValidation = true };
    static readonly JsonEncodedText
        Success = JsonEncodedText.Encode("success"), Data = JsonEncodedText.Encode("data"), Message = JsonEncodedText.Encode("message"),
        Error = JsonEncodedText.Encode("error"), Paging = JsonEncodedText.Encode("pagination"), LinksName = JsonEncodedText.Encode("links"), Self = JsonEncodedText.Encode("self"),
        Meta = JsonEncodedText.Encode("meta"), Timestamp = JsonEncodedText.Encode("timestamp"), RequestId = JsonEncodedText.Encode("requestId");

    [ThreadStatic]
    static ArrayBufferWriter<byte>? t_buffer;

    [ThreadStatic]
    static Utf8JsonWriter? t_writer;

    /// <summary>Writes a success.</summary>
    public static Task WriteAsync<T>(HttpContext context, ApiResult<T> result)
    {
        var (info, headers) = (context.Info(), context.Response.Headers);
        var location = result.Location is null ? null : info.Prefix + result.Location;
        if (location is not null)
            headers.Location = location;
        if (result.Sequence is { } sequence)
            headers["X-Sequence"] = sequence.ToString(CultureInfo.InvariantCulture);
        if (result.Replayed)
            headers["Idempotency-Replayed"] = "true";

        var (buffer, writer) = Writer();
        writer.WriteStartObject();
        if (info.Version == 1)
            writer.WriteBoolean(Success, true);
        if (result.Data is not null)
        {
            writer.WritePropertyName(Data);
            JsonSerializer.Serialize(writer, result.Data, TypeInfo<T>());
        }
        if (info.Version == 1)
        {
            WriteMessageAndPaging(writer, result);
            WriteLinks(writer, result.Links, location, info);
        }
        else
        {
            WriteLinks(writer, result.Links, location, info);
            writer.WriteStartObject(Meta);
            WriteMessageAndPaging(writer, result);
        }
        writer.Flush();

        // What has been written so far is what the client would keep; time and request id differ on every answer.
        if (result.FreshSeconds is not { } freshSeconds)
            headers.CacheControl = "no-store";
        else if (IsUnchanged(context, buffer.WrittenSpan, freshSeconds))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        WriteStamp(writer, context, info);
        if (info.Version == 2)
            writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return SendAsync(context, result.Status, Json, buffer);
    }

    /// <summary>Writes a refusal: the envelope in version 1, else an RFC 9457 problem.</summary>
    public static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        var (info, headers) = (context.Info(), context.Response.Headers);
        headers.CacheControl = "no-store";
        if ((refusal.RetryAfterSeconds ?? (refusal.Code == ErrorCode.ServiceUnavailable ? RetryAfterDefaultSeconds : default(int?))) is { } seconds)
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        ServerMetrics.Refused(refusal.Code);
        Activity.Current?.SetTag("mytradex.error_code", refusal.Code.Name);

        var (buffer, writer) = Writer();
        if (info.AnswersProblems)
            JsonSerializer.Serialize(writer, AsProblem(context, refusal, info), TypeInfo<Problem>());
        else
        {
            writer.WriteStartObject();
            writer.WriteBoolean(Success, false);
            writer.WritePropertyName(Error);
            JsonSerializer.Serialize(writer, new ApiError(refusal.Code.Name, refusal.Message, refusal.Details), TypeInfo<ApiError>());
            WriteStamp(writer, context, info);
            writer.WriteEndObject();
        }
        writer.Flush();
        return SendAsync(context, refusal.Code.HttpStatus, info.AnswersProblems ? ProblemJson : Json, buffer);
    }

    /// <summary>Ends a list that is under way, line by line, with a last line that is no entry: <c>{"error":{…}}</c>. The caller then cuts the connection.</summary>
    public static async Task BreakOffAsync(HttpContext context, Refusal refusal)
    {
        ServerMetrics.Refused(refusal.Code);
        Activity.Current?.SetTag("mytradex.error_code", refusal.Code.Name);
        var line = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(line, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WritePropertyName(Error);
            JsonSerializer.Serialize(writer, new ApiError(refusal.Code.Name, refusal.Message, refusal.Details), TypeInfo<ApiError>());
            writer.WriteString(RequestId, context.Info().Id);
            writer.WriteEndObject();
        }
        line.Write("\n"u8);
        // Nobody waits long for a reader who does not read.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(LastLineWait);
        try
        {
            await context.Response.BodyWriter.WriteAsync(line.WrittenMemory, patience.Token);
        }
        catch (OperationCanceledException)
        {
            // The cut tells it too.
        }
    }

    static Problem AsProblem(HttpContext context, Refusal refusal, RequestInfo info) => new()
    {
        // A relative reference, as RFC 9457 allows: it stays right behind any gateway.
        Type = $"/docs/errors#{refusal.Code.Name}",
        Title = refusal.Code.Meaning,
        Status = refusal.Code.HttpStatus,
        Detail = refusal.Message,
        Instance = context.Request.Path.StartsWithSegments("/api", out var rest) ? info.Prefix + rest : context.Request.Path.Value,
        Code = refusal.Code.Name,
        Details = refusal.Details is null ? null : refusal.Details with { Errors = null },
        Errors = refusal.Details?.Errors,
        Timestamp = Now(context),
        RequestId = info.Id,
    };

    static void WriteMessageAndPaging<T>(Utf8JsonWriter writer, ApiResult<T> result)
    {
        if (result.Message is not null)
            writer.WriteString(Message, result.Message);
        if (result.Pagination is not null)
        {
            writer.WritePropertyName(Paging);
            JsonSerializer.Serialize(writer, result.Pagination, TypeInfo<Pagination>());
        }
    }

    static void WriteLinks(Utf8JsonWriter writer, Links? links, string? location, RequestInfo info)
    {
        if (links is null && location is null)
            return;
        writer.WriteStartObject(LinksName);
        if (links is null)
            writer.WriteString(Self, location);
        else
            WriteEach(writer, links, info);
        writer.WriteEndObject();
    }

    static void WriteEach(Utf8JsonWriter writer, Links links, RequestInfo info)
    {
        foreach (var (name, path) in links)
        {
            if (path is null)
                writer.WriteNull(name);
            else
                writer.WriteString(name, info.Prefix + path);
        }
    }

    static void WriteStamp(Utf8JsonWriter writer, HttpContext context, RequestInfo info)
    {
        writer.WritePropertyName(Timestamp);
        JsonSerializer.Serialize(writer, Now(context), TypeInfo<DateTimeOffset>());
        writer.WriteString(RequestId, info.Id);
    }

    static bool IsUnchanged(HttpContext context, ReadOnlySpan<byte> content, int freshSeconds)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        // Weak, since answers with the same content still differ in time and request id.
        var tag = $"W/\"{WebEncoders.Base64UrlEncode(hash[..12])}\"";
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = freshSeconds == 0 ? "private, no-cache" : $"private, max-age={freshSeconds}";
        headers.Append("Vary", "Authorization, Cookie");
        return context.Request.Headers.IfNoneMatch.Any(value => value is "*" || (value?.Contains(tag[2..], StringComparison.Ordinal) ?? false));
    }

    static async Task SendAsync(HttpContext context, int status, string contentType, ArrayBufferWriter<byte> buffer)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = buffer.WrittenCount;
        // Copied before the first await, after which the thread's buffer may serve another request.
        response.BodyWriter.Write(buffer.WrittenSpan);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)WireJson.Options.GetTypeInfo(typeof(T));

    static DateTimeOffset Now(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    // The thread's own, as the last answer left them or gave them up.
    static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) Writer()
    {
        const int keptMax = 1 << 20;
        // One rare giant answer must not stay with the thread for ever.
        if (t_buffer is null || t_buffer.Capacity > keptMax)
            t_buffer = new(4096);
        t_buffer.ResetWrittenCount();
        t_writer ??= new(t_buffer, WriterOptions);
        t_writer.Reset(t_buffer);
        return (t_buffer, t_writer);
    }
}
