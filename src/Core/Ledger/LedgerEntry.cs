namespace MyTradeX.Core;

/// <summary>A ledger entry being written: its number, its lines so far and what they sum to.</summary>
ref struct LedgerEntry(long id, long reference)
{
    public readonly long Id = id;
    public readonly long Reference = reference;
    public byte Lines;
    public long CashSum;
    public long ShareSum;
}
