using MyTradeX.Store;

namespace MyTradeX.Venue.Reconciliation;

/// <summary>Which command last changed an account, a position or an instrument, as far as a replay has seen.</summary>
sealed class LastChanges
{
    /// <summary>Nothing was replayed from events.</summary>
    public static readonly LastChanges Unknown = new();

    /// <summary>By account.</summary>
    public Dictionary<long, long> Accounts { get; } = [];

    /// <summary>By account and instrument.</summary>
    public Dictionary<(long Account, long Instrument), long> Positions { get; } = [];

    /// <summary>By instrument.</summary>
    public Dictionary<long, long> Instruments { get; } = [];

    /// <summary>Takes in the rows that a run of commands gave.</summary>
    public void Take(ProjectionBatch batch)
    {
        foreach (var row in batch.Accounts) Accounts[row.Id] = row.Sequence;
        foreach (var row in batch.Positions) Positions[(row.AccountId, row.InstrumentId)] = row.Sequence;
        foreach (var row in batch.Instruments) Instruments[row.Id] = row.Sequence;
    }
}
