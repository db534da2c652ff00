using System.Runtime.CompilerServices;

namespace MyTradeX.Venue.Reconciliation;

/// <summary>Something that does not agree.</summary>
/// <param name="Check">The rule that does not hold.</param>
/// <param name="Subject">What it is about, such as <c>account 3</c>. The same as long as the difference lasts.</param>
/// <param name="Detail">Both values, in the exchange's scaled units.</param>
public sealed record Finding(AuditCheck Check, string Subject, string Detail)
{
    /// <summary>Rule, subject and values on one line.</summary>
    public override string ToString() => $"{EnumNames<AuditCheck>.Of(Check)} {Subject}: {Detail}";
}

/// <summary>Text that is only put together when a rule does not hold.</summary>
[InterpolatedStringHandler]
public ref struct FindingText
{
    DefaultInterpolatedStringHandler _text;

    /// <summary>Called by the compiler.</summary>
    public FindingText(int literalLength, int formattedCount, bool holds, out bool isWanted)
    {
        isWanted = !holds;
        _text = holds ? default : new DefaultInterpolatedStringHandler(literalLength, formattedCount);
    }

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    /// <summary>Called by the compiler.</summary>
    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    internal string ToStringAndClear() => _text.ToStringAndClear();
}
