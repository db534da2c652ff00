using System.Globalization;
using System.Text;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Client;

/// <summary>Builds a query string; what is null is left out.</summary>
sealed class Query
{
    readonly StringBuilder _text = new();

    public Query Add(string name, string? value)
    {
        if (value is null) return this;
        _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public Query Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public Query Add(string name, DateTimeOffset? value) => Add(name, value?.UtcDateTime.ToString(UtcTimestampConverter.Format, CultureInfo.InvariantCulture));

    public Query Add<T>(string name, T? value) where T : struct, Enum => Add(name, value is { } given ? WireName.Of(given) : null);

    public override string ToString() => _text.ToString();
}
