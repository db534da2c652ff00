using System.Text;
using System.Text.Json;

namespace MyTradeX.Server.Features.Webhooks.Stripe;

/// <summary>An event of Stripe's, read as far as every event is alike.</summary>
/// <param name="Id">Stripe's id.</param>
/// <param name="Type">Such as <c>payment_intent.succeeded</c>.</param>
/// <param name="CreatedAt">Microseconds since 1970-01-01 UTC.</param>
/// <param name="Object">What it is about, for example the payment.</param>
internal sealed record StripeEvent(string Id, string Type, long CreatedAt, JsonElement Object)
{
    const int IdMax = 255, TypeMax = 100;

    // The last second that an instant can name.
    const long CreatedMax = 253_402_300_799;
    const long MicrosPerSecond = 1_000_000;

    /// <summary>Reads an event; null when it is none.</summary>
    public static StripeEvent? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var root = JsonElement.Parse(json);
            return root.ValueKind == JsonValueKind.Object
                && Text(root, "id") is { Length: > 0 and <= IdMax } id && IsPlain(id)
                && Text(root, "type") is { Length: > 0 and <= TypeMax } type && IsPlain(type)
                && Number(root, "created") is { } created and >= 0 and <= CreatedMax
                && root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
                && data.TryGetProperty("object", out var about) && about.ValueKind == JsonValueKind.Object
                ? new(id, type, created * MicrosPerSecond, about)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads an event that was stored.</summary>
    public static StripeEvent Read(string stored) => Read(Encoding.UTF8.GetBytes(stored)) ?? throw new InvalidDataException("the store holds an event of Stripe's that cannot be read");

    /// <summary>A member's text; null when it has none.</summary>
    public static string? Text(JsonElement of, string name)
    {
        if (!of.TryGetProperty(name, out var member) || member.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return member.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate is no text; PostgreSQL would not take it either.
            return null;
        }
    }

    /// <summary>A member's whole number; null when it has none.</summary>
    public static long? Number(JsonElement of, string name) =>
        of.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number) ? number : null;

    static bool IsPlain(string text) => !text.Any(char.IsControl);

    /// <summary>What the venue's own program has noted on the object at Stripe's.</summary>
    public string? Metadata(string name) =>
        Object.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object ? Text(metadata, name) : null;
}
