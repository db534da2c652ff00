namespace MyTradeX.Core;

/// <summary>Why money or shares moved.</summary>
public enum PostingKind : byte
{
    /// <summary>The two legs of a trade. Reference: the trade.</summary>
    Trade = 1,
    /// <summary>A fee on a trade. Reference: the trade.</summary>
    Fee = 2,
    /// <summary>Money brought in. Reference: the command's sequence.</summary>
    Deposit = 3,
    /// <summary>Shares brought in. Reference: the command's sequence.</summary>
    Delivery = 4,
    /// <summary>Money sent from account to account. Reference: the transfer.</summary>
    Transfer = 5,
}
