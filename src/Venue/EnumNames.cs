using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MyTradeX.Venue;

/// <summary>The wire's spelling of the core's enums: <c>StopLimit</c> is <c>STOP_LIMIT</c>. The same in SQL and at every door.</summary>
[SuppressMessage("Design", "CA1000", Justification = "A table per enum is the point.")]
public static class EnumNames<TEnum> where TEnum : struct, Enum
{
    static readonly Dictionary<TEnum, string> Names = Enum.GetValues<TEnum>().ToDictionary(value => value, value => Spell(value.ToString()));
    static readonly Dictionary<string, TEnum> Values = Names.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every name.</summary>
    public static IReadOnlyCollection<string> All => Names.Values;

    /// <summary>The name of a value.</summary>
    public static string Of(TEnum value) => Names[value];

    /// <summary>The value of a name, in any case.</summary>
    public static bool TryParse(string? name, out TEnum value)
    {
        value = default;
        return name is not null && Values.TryGetValue(name, out value);
    }

    static string Spell(string name)
    {
        var spelled = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && spelled.Length > 0) spelled.Append('_');
            spelled.Append(char.ToUpperInvariant(letter));
        }
        return spelled.ToString();
    }
}
