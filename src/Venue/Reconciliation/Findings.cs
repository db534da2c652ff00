using System.Runtime.CompilerServices;

namespace MyTradeX.Venue.Reconciliation;

/// <summary>What an audit has compared and what it found. Every finding is counted, the first ones are kept.</summary>
/// <remarks>Belongs to one thread at a time.</remarks>
public sealed class Findings
{
    /// <summary>Findings kept: enough to see a pattern, few enough to read.</summary>
    public const int KeptMax = 100;

    readonly List<Finding> _kept = [];
    readonly SortedDictionary<AuditCheck, long> _compared = [];
    readonly HashSet<AuditCheck> _broken = [];

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>The first <see cref="KeptMax"/>.</summary>
    public IReadOnlyList<Finding> Kept => _kept;

    /// <summary>How many things each rule has been held against.</summary>
    public IReadOnlyDictionary<AuditCheck, long> Compared => _compared;

    /// <summary>Whether a rule has a finding.</summary>
    public bool Has(AuditCheck check) => _broken.Contains(check);

    /// <summary>Counts things that a rule has been held against.</summary>
    public void Counted(AuditCheck check, long things = 1) => _compared[check] = _compared.GetValueOrDefault(check) + things;

    /// <summary>Adds a finding.</summary>
    public void Add(AuditCheck check, string subject, string detail)
    {
        Count++;
        _broken.Add(check);
        if (_kept.Count < KeptMax) _kept.Add(new Finding(check, subject, detail));
    }

    /// <summary>Adds a finding unless the rule holds.</summary>
    public void Require(
        bool holds, AuditCheck check,
        [InterpolatedStringHandlerArgument(nameof(holds))] FindingText subject,
        [InterpolatedStringHandlerArgument(nameof(holds))] FindingText detail)
    {
        if (!holds) Add(check, subject.ToStringAndClear(), detail.ToStringAndClear());
    }
}
