using System.Globalization;
using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Trading;

namespace MyTradeX.Server.Features.Accounts;

/// <summary>Lines of the ledger as comma-separated values (RFC 4180): what they hold is ids, words of ours and numbers, so that nothing needs quoting.</summary>
internal static class TransactionTable
{
    public const string ContentType = "text/csv";

    /// <summary>Names of the columns.</summary>
    public const string Head = "id,timestamp,type,asset,amount,balanceAfter,reference\r\n";

    public static string Row(TransactionDto line) =>
        $"{line.Id},{line.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)},{WireName.Of(line.Type)},{line.Asset},{Scaled.Money(line.Amount)},{Scaled.Money(line.BalanceAfter)},{line.Reference}\r\n";
}
