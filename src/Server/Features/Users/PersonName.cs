using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Features.Users;

/// <summary>A name in both forms that clients use; each is derived from the other where only one is given.</summary>
internal sealed record PersonName(string Full, string First, string Last)
{
    const int LengthMax = 100;

    /// <summary>Reads whichever form was given. Null when none was.</summary>
    public static PersonName? Read(string? name, string? firstName, string? lastName, Faults faults)
    {
        var full = faults.OptionalText(name, "name", 2 * LengthMax + 1);
        var first = faults.OptionalText(firstName, "firstName", LengthMax);
        // People with one name leave the last one empty.
        var last = faults.OptionalText(lastName, "lastName", LengthMax, lengthMin: 0);
        if (full is null && first is null && last is null)
            return null;
        if (full is null && first is null)
            faults.Add("firstName", "is required with lastName");
        full ??= $"{first} {last}".Trim();
        // The last word is the family name, as far as one can tell.
        var split = full.LastIndexOf(' ');
        return new(full, first ?? (split < 0 ? full : full[..split].TrimEnd()), last ?? (first is not null || split < 0 ? "" : full[(split + 1)..]));
    }

    /// <summary>As <see cref="Read"/>, where a name is needed.</summary>
    public static PersonName Require(string? name, string? firstName, string? lastName, Faults faults)
    {
        if (Read(name, firstName, lastName, faults) is { } given)
            return given;
        faults.Add("name", "is required (or firstName and lastName)");
        return new("", "", "");
    }
}
