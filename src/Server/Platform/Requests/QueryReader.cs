using System.Globalization;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Platform.Requests;

/// <summary>Reads query parameters with the same care as bodies: all faults at once. Unknown parameters are ignored.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    public Faults Faults { get; } = new();

    public static ValueTask<QueryReader> BindAsync(HttpContext context) => ValueTask.FromResult(new QueryReader(context.Request.Query));

    public bool Has(string name) => query.ContainsKey(name);

    /// <summary>Text, or null when absent or empty.</summary>
    public string? Text(string name, int lengthMax = 200) => Raw(name) is { Length: > 0 } text ? Faults.OptionalText(text, name, lengthMax) : null;

    public T? Enum<T>(string name) where T : struct, Enum
    {
        if (Raw(name) is not { Length: > 0 } text)
            return null;
        if (WireName.TryParse<T>(text, out var value))
            return value;
        Faults.Add(name, "must be one of " + string.Join(", ", WireName.All<T>()));
        return null;
    }

    /// <summary>Several values, separated by commas or given repeatedly; null when absent or empty.</summary>
    public IReadOnlyList<T>? Enums<T>(string name) where T : struct, Enum
    {
        if (!query.TryGetValue(name, out var given))
            return null;
        var values = new HashSet<T>();
        foreach (var text in given.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!WireName.TryParse<T>(text, out var value))
            {
                Faults.Add(name, "must be among " + string.Join(", ", WireName.All<T>()));
                return null;
            }
            values.Add(value);
        }
        return values.Count == 0 ? null : [.. values.Order()];
    }

    /// <summary>One of a few words, in any letter case.</summary>
    public string? Word(string name, params ReadOnlySpan<string> allowed)
    {
        if (Raw(name) is not { Length: > 0 } text)
            return null;
        foreach (var word in allowed)
        {
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
                return word;
        }
        Faults.Add(name, "must be one of " + string.Join(", ", allowed!));
        return null;
    }

    public long? Number(string name, long min, long max)
    {
        if (Raw(name) is not { Length: > 0 } text)
            return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            Faults.Add(name, "must be a whole number");
        else if (value < min || value > max)
            Faults.Add(name, $"must be between {min} and {max}");
        else
            return value;
        return null;
    }

    public bool? Flag(string name) => Word(name, "true", "false") switch { "true" => true, "false" => false, _ => null };

    /// <summary>An ISO 8601 instant; a date alone is its first moment in UTC.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Raw(name) is not { Length: > 0 } text)
            return null;
        if (UtcTimestampConverter.TryParse(text, out var instant))
            return instant;
        Faults.Add(name, "must be an ISO 8601 instant such as 2024-01-15T10:30:00Z");
        return null;
    }

    string? Raw(string name) => query.TryGetValue(name, out var values) ? values[^1] : null;
}
