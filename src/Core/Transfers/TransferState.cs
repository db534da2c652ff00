using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>A transfer of money between two accounts as the world sees it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct TransferState
{
    /// <summary>The transfer's number, counted by the core from 1.</summary>
    public long Id;
    /// <summary>The first transfer of the series it belongs to, which for that one is itself; 0 when it happens once.</summary>
    public long SeriesId;
    /// <summary>Its place in the series, from 1; 0 when it happens once.</summary>
    public int Occurrence;
    /// <summary>Who asked for it; 0 for the venue itself.</summary>
    public long UserId;
    /// <summary>The account that pays.</summary>
    public long FromAccountId;
    /// <summary>The account that is paid.</summary>
    public long ToAccountId;
    /// <summary>The currency of both accounts.</summary>
    public int CurrencyId;
    /// <summary>Where it stands.</summary>
    public TransferStatus Status;
    /// <summary>Why it failed, or <see cref="RejectCode.None"/>.</summary>
    public RejectCode Reason;
    /// <summary>Amount in the currency's units.</summary>
    public long Amount;
    /// <summary>The most that one transfer may move, in the currency's units; 0 for no such limit.</summary>
    public long AmountLimit;
    /// <summary>The most that the paying account may send in one day, in the currency's units; 0 for no such limit.</summary>
    public long DayLimit;
    /// <summary>When it was asked for, microseconds since 1970 UTC.</summary>
    public long CreatedAt;
    /// <summary>When it is to be carried out, microseconds since 1970 UTC; 0 for at once.</summary>
    public long RunAt;
    /// <summary>When it was carried out, failed or was cancelled, microseconds since 1970 UTC; 0 while it is scheduled.</summary>
    public long EndedAt;
    /// <summary>What the sender wrote with it.</summary>
    public Text64 Memo;
    /// <summary>When it is to happen again, in words of the servers' own: the core only keeps them. Empty when it does not.</summary>
    public Text64 Recurrence;
}
