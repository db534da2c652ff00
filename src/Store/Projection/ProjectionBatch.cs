namespace MyTradeX.Store;

/// <summary>
/// What a run of commands changed, to be written in one transaction. Made to be filled, written and cleared again by one
/// thread. A row may be there more than once: of two with one sequence the later in the list wins.
/// </summary>
public sealed class ProjectionBatch
{
    /// <summary>Orders placed or changed.</summary>
    public List<OrderRow> Orders { get; } = [];

    /// <summary>New trades.</summary>
    public List<TradeRow> Trades { get; } = [];

    /// <summary>New ledger lines.</summary>
    public List<LedgerLineRow> LedgerLines { get; } = [];

    /// <summary>Accounts opened or changed.</summary>
    public List<AccountRow> Accounts { get; } = [];

    /// <summary>Positions changed.</summary>
    public List<PositionRow> Positions { get; } = [];

    /// <summary>Instruments listed or changed.</summary>
    public List<InstrumentRow> Instruments { get; } = [];

    /// <summary>Transfers carried out, scheduled or ended.</summary>
    public List<TransferRow> Transfers { get; } = [];

    /// <summary>One-minute candles opened or changed.</summary>
    public List<CandleRow> Candles { get; } = [];

    /// <summary>What users want to be told.</summary>
    public List<AnnouncementRow> Announcements { get; } = [];

    /// <summary>Rows in the batch.</summary>
    public int Count => Orders.Count + Trades.Count + LedgerLines.Count + Accounts.Count + Positions.Count + Instruments.Count + Transfers.Count + Candles.Count + Announcements.Count;

    /// <summary>Empties the batch and keeps its memory for the next.</summary>
    public void Clear()
    {
        Orders.Clear();
        Trades.Clear();
        LedgerLines.Clear();
        Accounts.Clear();
        Positions.Clear();
        Instruments.Clear();
        Transfers.Clear();
        Candles.Clear();
        Announcements.Clear();
    }
}

/// <summary>How far the projection has come; written in the same transaction as the rows.</summary>
/// <param name="Sequence">Sequence of the last command whose events are in the tables; counted from 1.</param>
/// <param name="LogPosition">Where the log holds that command. Positions are not dense; no arithmetic.</param>
/// <param name="AnchorChecksum">Checksum of that command's record, to be compared when reading goes on from it.</param>
public sealed record ProjectionCheckpoint(long Sequence, long LogPosition, long AnchorChecksum);
