using System.Text.Json.Serialization;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Contracts.Trading;

/// <summary>Cash in one currency.</summary>
public sealed record AccountDto
{
    /// <summary><c>account-3</c>.</summary>
    public required string Id { get; init; }

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

/// <summary>Opens an account for the caller.</summary>
public sealed record OpenAccountRequest(string? Name, AccountType? Type = null, string? Currency = null);

/// <summary>Brings money in (administrators; in Development the owner too).</summary>
/// <param name="Amount">Above 0, in the account's currency.</param>
public sealed record DepositRequest(decimal? Amount);

/// <summary>Brings shares in (administrators; in Development the owner too).</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Quantity">Shares, above 0.</param>
/// <param name="UnitCost">What one share counts as having cost; 0 unless given.</param>
public sealed record DeliverPositionRequest(
    string? Symbol, [property: JsonConverter(typeof(QuantityConverter))] decimal? Quantity, decimal? UnitCost = null);
