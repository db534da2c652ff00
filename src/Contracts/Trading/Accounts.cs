using System.Text.Json.Serialization;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Contracts.Trading;

/// <summary>Cash in one currency.</summary>
public sealed record AccountDto
{
    /// <summary><c>account-3</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its number as people tell it: the last two digits show whether it was mistyped (ISO 7064 MOD 97-10).</summary>
    public required string Number { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required AccountType Type { get; init; }

    /// <summary>Currency code.</summary>
    public required string Currency { get; init; }

    /// <summary>Available and held together.</summary>
    public required decimal Balance { get; init; }

    /// <summary>Free to use.</summary>
    public decimal Available { get; init; }

    /// <summary>Reserved by open orders.</summary>
    public decimal Held { get; init; }

    /// <summary>Whether it works.</summary>
    public AccountStatus Status { get; init; }
}

/// <summary>What an account is for.</summary>
public enum AccountType
{
    /// <summary>Buys and sells.</summary>
    Trading,
    /// <summary>Day-to-day cash.</summary>
    Checking,
    /// <summary>Cash put aside.</summary>
    Savings,
}

/// <summary>Whether an account works.</summary>
public enum AccountStatus
{
    /// <summary>It does.</summary>
    Active,
    /// <summary>It was closed.</summary>
    Closed,
}

/// <summary>What an account holds at this moment.</summary>
public sealed record AccountBalanceDto
{
    /// <summary><c>account-3</c>.</summary>
    public required string AccountId { get; init; }

    /// <summary>Currency code.</summary>
    public required string Currency { get; init; }

    /// <summary>Available and held together.</summary>
    public required decimal Balance { get; init; }

    /// <summary>Free to use.</summary>
    public required decimal Available { get; init; }

    /// <summary>Reserved by open orders.</summary>
    public required decimal Held { get; init; }

    /// <summary>The venue's sequence that this is as of.</summary>
    public long Sequence { get; init; }
}

/// <summary>One line of the ledger: money or shares in or out of an account.</summary>
public sealed record TransactionDto
{
    /// <summary><c>transaction-77-0</c>: the ledger entry and the line in it.</summary>
    public required string Id { get; init; }

    /// <summary><c>account-3</c>.</summary>
    public required string AccountId { get; init; }

    /// <summary>Why.</summary>
    public required TransactionType Type { get; init; }

    /// <summary>The currency's code, or the symbol of shares.</summary>
    public required string Asset { get; init; }

    /// <summary>What came in (above 0) or went out (below 0).</summary>
    public required decimal Amount { get; init; }

    /// <summary>What the account held of the asset afterwards.</summary>
    public required decimal BalanceAfter { get; init; }

    /// <summary>What it came from, such as <c>trade-9</c>.</summary>
    public string? Reference { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }
}

/// <summary>Why money or shares moved.</summary>
public enum TransactionType
{
    /// <summary>A trade's money or shares.</summary>
    Trade,
    /// <summary>A fee on a trade.</summary>
    Fee,
    /// <summary>Money brought in.</summary>
    Deposit,
    /// <summary>Shares brought in.</summary>
    Delivery,
    /// <summary>Money sent or received; the reference names the transfer.</summary>
    Transfer,
}

/// <summary>Opens an account for the caller.</summary>
public sealed record OpenAccountRequest(string? Name, AccountType? Type = null, string? Currency = null);

/// <summary>Changes an account.</summary>
/// <param name="Name">The new name, up to 64 bytes of UTF-8.</param>
public sealed record UpdateAccountRequest(string? Name);

/// <summary>Closes an account.</summary>
/// <param name="Reason">In one's own words; up to 64 bytes of UTF-8.</param>
public sealed record CloseAccountRequest(string? Reason = null);

/// <summary>Brings money in (administrators; in Development the owner too).</summary>
/// <param name="Amount">Above 0, in the account's currency.</param>
public sealed record DepositRequest(decimal? Amount);

/// <summary>Brings shares in (administrators; in Development the owner too).</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Quantity">Shares, above 0.</param>
/// <param name="UnitCost">What one share counts as having cost; 0 unless given.</param>
public sealed record DeliverPositionRequest(
    string? Symbol, [property: JsonConverter(typeof(QuantityConverter))] decimal? Quantity, decimal? UnitCost = null);
