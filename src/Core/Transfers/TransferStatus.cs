namespace MyTradeX.Core;

/// <summary>Where a transfer stands. The numbers are written in snapshots: they are never reused.</summary>
public enum TransferStatus : byte
{
    /// <summary>Waits for its time.</summary>
    Scheduled = 1,
    /// <summary>The money has moved.</summary>
    Completed = 2,
    /// <summary>Its time came and it could not be carried out; <see cref="TransferState.Reason"/> says why.</summary>
    Failed = 3,
    /// <summary>Taken back before its time.</summary>
    Cancelled = 4,
}
