using MyTradeX.Core;

namespace MyTradeX.Venue.Projection;

/// <summary>What a line of the ledger comes from, as people are shown it.</summary>
public static class LedgerReference
{
    /// <summary>The id of the trade or transfer, for example <c>trade-12</c>; empty where a line comes from neither.</summary>
    public static string Of(in LedgerPosted line) => line.Kind switch
    {
        PostingKind.Trade or PostingKind.Fee => $"trade-{line.Reference}",
        PostingKind.Transfer => $"transfer-{line.Reference}",
        _ => "",
    };
}
