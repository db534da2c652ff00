using System.Buffers;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Metadata;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Platform.Requests;

/// <summary>
/// A JSON body as an endpoint's parameter. Members of a wrong type do not end the reading: they are noted in <see cref="Faults"/>
/// and left out of <see cref="Value"/>, so that the feature's own checks add to one list of all that is wrong.
/// </summary>
/// <typeparam name="T">A request record whose members are all optional; the feature says which it needs.</typeparam>
internal sealed class Body<T>(T value, Faults faults) : IEndpointParameterMetadataProvider where T : class
{
    /// <summary>What was sent, less the faulty members.</summary>
    public T Value { get; } = value;

    /// <summary>What was wrong with it so far.</summary>
    public Faults Faults { get; } = faults;

    public static async ValueTask<Body<T>> BindAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (!read.IsCompleted)
            {
                // Nothing consumed: the pipe gathers the whole body, which Kestrel keeps within the size limit.
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            try
            {
                return read.Buffer.IsSingleSegment
                    ? JsonReading.Read<T>(read.Buffer.FirstSpan)
                    : JsonReading.Read<T>(read.Buffer.ToArray());
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End);
            }
        }
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: true));
}

/// <summary>Reads request records from bytes that anyone may have sent.</summary>
internal static class JsonReading
{
    static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = WireJson.DepthMax, AllowDuplicateProperties = false };

    public static Body<T> Read<T>(ReadOnlySpan<byte> json) where T : class
    {
        var typeInfo = (JsonTypeInfo<T>)WireJson.Options.GetTypeInfo(typeof(T));
        if (json.IsEmpty)
            json = "{}"u8;
        if (!Utf8.IsValid(json))
            throw Malformed("is not valid UTF-8");
        try
        {
            return new(JsonSerializer.Deserialize(json, typeInfo) ?? throw Malformed("must be a JSON object"), new());
        }
        catch (Exception unread) when (IsAboutText(unread))
        {
            return ReadMemberByMember(json, typeInfo);
        }
    }

    // The slow way, only for a body that failed: each known member alone, to learn of every fault.
    static Body<T> ReadMemberByMember<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> typeInfo) where T : class
    {
        using var document = Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw Malformed("must be a JSON object");
        var faults = new Faults();
        var seen = new HashSet<JsonPropertyInfo>();
        var sound = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(sound))
        {
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                var property = typeInfo.Properties.FirstOrDefault(known => string.Equals(known.Name, NameOf(member), StringComparison.OrdinalIgnoreCase));
                if (property is null)
                    continue;
                // Letter case does not tell members apart, and which of two was meant nobody knows.
                if (!seen.Add(property))
                    faults.Add(property.Name, "is given more than once");
                else if (IsSound(member, property, typeInfo, faults))
                    Copy(property, member, writer);
            }
            writer.WriteEndObject();
        }
        var value = JsonSerializer.Deserialize(sound.WrittenSpan, typeInfo)!;
        return new(value, faults);
    }

    static bool IsSound<T>(JsonProperty member, JsonPropertyInfo property, JsonTypeInfo<T> typeInfo, Faults faults) where T : class
    {
        var alone = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(alone))
        {
            writer.WriteStartObject();
            Copy(property, member, writer);
            writer.WriteEndObject();
        }
        try
        {
            JsonSerializer.Deserialize(alone.WrittenSpan, typeInfo);
            return true;
        }
        catch (JsonException exception)
        {
            var field = exception.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : property.Name;
            faults.Add(field, Reason(exception, TypeAt(typeInfo, field)));
            return false;
        }
        catch (InvalidOperationException)
        {
            faults.Add(property.Name, "is not valid Unicode");
            return false;
        }
    }

    // Byte for byte: a half surrogate cannot be decoded, only refused by whoever reads the value.
    static void Copy(JsonPropertyInfo property, JsonProperty member, Utf8JsonWriter writer)
    {
        writer.WritePropertyName(property.Name);
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value), skipInputValidation: true);
    }

    // The reader reports half surrogates (\ud800) as an invalid operation rather than as bad JSON.
    static bool IsAboutText(Exception exception) => exception is JsonException or InvalidOperationException;

    static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            // A name that cannot be decoded is none of ours.
            return null;
        }
    }

    static JsonDocument Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json.ToArray(), DocumentOptions);
        }
        catch (Exception exception) when (IsAboutText(exception))
        {
            throw exception is not JsonException fault ? Malformed("is not valid Unicode") : Malformed($"is not valid JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})");
        }
    }

    // Our own converters say what they expected; for the framework's the type tells.
    static string Reason(JsonException exception, Type? type) =>
        exception.Message.StartsWith("must ", StringComparison.Ordinal) ? exception.Message : Expectation(type);

    static string Expectation(Type? type)
    {
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            null => "has the wrong type",
            { IsEnum: true } => "must be one of " + string.Join(", ", WireName.All(type)),
            _ when type == typeof(string) => "must be text",
            _ when type == typeof(bool) => "must be true or false",
            _ when type == typeof(int) || type == typeof(long) => "must be a whole number",
            _ when type.IsArray || typeof(System.Collections.IEnumerable).IsAssignableFrom(type) => "must be a list",
            { IsPrimitive: true } => "must be a number",
            _ => "must be an object",
        };
    }

    // Follows a path such as legs[1].price through the records' own metadata.
    static Type? TypeAt(JsonTypeInfo root, string path)
    {
        JsonTypeInfo? at = root;
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            if (at is null)
                return null;
            var type = step.StartsWith('[')
                ? at.ElementType
                : at.Properties.FirstOrDefault(property => string.Equals(property.Name, step, StringComparison.OrdinalIgnoreCase))?.PropertyType;
            at = type is null ? null : WireJson.Options.GetTypeInfo(type);
        }
        return at?.Type;
    }

    static ApiException Malformed(string reason) => new(Refusal.Field("body", reason));
}
