namespace MyTradeX.Core.Tests.Scenarios;

/// <summary>The core did something else than the page says.</summary>
sealed class DisagreementException(string what) : Exception(what)
{
    public static void Check(bool agrees, string what)
    {
        if (!agrees) throw new DisagreementException(what);
    }

    public static void Compare<T>(T core, T reference, string what) where T : notnull
    {
        if (!core.Equals(reference)) throw new DisagreementException($"{what}\n  core:      {core}\n  reference: {reference}");
    }

    public static void CompareAll<T>(IEnumerable<T> core, IEnumerable<T> reference, string what, Func<T, string>? draw = null)
    {
        var (ours, theirs) = (core.ToList(), reference.ToList());
        if (ours.SequenceEqual(theirs)) return;
        draw ??= value => value?.ToString() ?? "";
        throw new DisagreementException(
            $"{what}\n  core:\n    {string.Join("\n    ", ours.Select(draw))}\n  reference:\n    {string.Join("\n    ", theirs.Select(draw))}");
    }
}
