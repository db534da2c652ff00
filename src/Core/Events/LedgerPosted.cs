using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>One line of a ledger entry. The lines of an entry sum to zero in each asset.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct LedgerPosted : IEventPayload
{
    static EventKind IEventPayload.Kind => EventKind.LedgerPosted;

    /// <summary>The entry, counted by the core from 1.</summary>
    public long EntryId;
    /// <summary>The line within the entry, from 0.</summary>
    public byte Line;
    /// <summary>Why.</summary>
    public PostingKind Kind;
    /// <summary>The account.</summary>
    public long AccountId;
    /// <summary>The currency moved, or 0 when shares move.</summary>
    public int CurrencyId;
    /// <summary>The instrument moved, or 0 when money moves.</summary>
    public int InstrumentId;
    /// <summary>Signed amount in the asset's units.</summary>
    public long Amount;
    /// <summary>The account's balance or position after this line.</summary>
    public long BalanceAfter;
    /// <summary>The trade, or the command's sequence: see the kind.</summary>
    public long Reference;
}
