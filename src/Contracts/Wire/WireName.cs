using System.Text.Json;

namespace MyTradeX.Contracts.Wire;

/// <summary>An enum's names as the wire spells them: capitals with underscores (<c>StopLimit</c> is <c>STOP_LIMIT</c>), or small letters for those with <see cref="LowerCaseNamesAttribute"/>.</summary>
public static class WireName
{
    /// <summary>All wire names of an enum, in declaration order.</summary>
    public static IReadOnlyList<string> All<T>() where T : struct, Enum => Names<T>.Wire;

    /// <summary>All wire names of an enum type, in declaration order.</summary>
    public static IReadOnlyList<string> All(Type enumType) => [.. Enum.GetNames(enumType).Select(PolicyOf(enumType).ConvertName)];

    /// <summary>The wire name of a defined value.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.Wire[Array.IndexOf(Names<T>.Values, value)];

    /// <summary>Reads a wire name, in any letter case.</summary>
    public static bool TryParse<T>(string? name, out T value) where T : struct, Enum
    {
        var index = Array.FindIndex(Names<T>.Wire, wire => string.Equals(wire, name, StringComparison.OrdinalIgnoreCase));
        value = index < 0 ? default : Names<T>.Values[index];
        return index >= 0;
    }

    static JsonNamingPolicy PolicyOf(Type enumType) => enumType.IsDefined(typeof(LowerCaseNamesAttribute), inherit: false) ? JsonNamingPolicy.SnakeCaseLower : JsonNamingPolicy.SnakeCaseUpper;

    static class Names<T> where T : struct, Enum
    {
        public static readonly T[] Values = Enum.GetValues<T>();
        public static readonly string[] Wire = [.. Values.Select(value => PolicyOf(typeof(T)).ConvertName(value.ToString()))];
    }
}
