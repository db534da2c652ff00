using System.ComponentModel.DataAnnotations;

namespace MyTradeX.Server.Features.Transfers;

/// <summary>Section <c>Transfers</c>: how much may be sent. Amounts are in the sending account's currency.</summary>
internal sealed class TransferOptions
{
    /// <summary>The most that one transfer may move.</summary>
    [Range(0.01, 1_000_000_000)]
    public decimal MaximumAmount { get; init; } = 100_000;

    /// <summary>The most that one account may send in a day (UTC).</summary>
    [Range(0.01, 1_000_000_000)]
    public decimal MaximumPerDay { get; init; } = 500_000;
}
