namespace MyTradeX.Core;

/// <summary>What an account is for.</summary>
public enum AccountType : byte
{
    /// <summary>Trades.</summary>
    Trading = 1,
    /// <summary>Holds money for payments.</summary>
    Checking = 2,
    /// <summary>Holds money for later.</summary>
    Savings = 3,
    /// <summary>The venue's own: takes trading fees. One a currency.</summary>
    Fees = 4,
    /// <summary>The venue's own: the other side of all money and shares brought in, so its balances are never positive. One a currency.</summary>
    Issuance = 5,
}
