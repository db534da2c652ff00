using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Accounts;

/// <summary>Lists an account's lines of the ledger, newest first, by filters, paged either way or whole.</summary>
internal sealed class TransactionList(Venue.Venue venue, Listings listings, AccountService accounts, LedgerHistory history, CursorCodec cursors)
{
    public Task<IResult> ListAsync(Caller caller, string id, QueryReader query, HttpContext context, CancellationToken cancellation)
    {
        var account = accounts.Require(caller, id);
        var (from, to) = (query.Instant("from"), query.Instant("to"));
        var wanted = new LedgerQuery
        {
            AccountId = account.Id,
            Kinds = query.Enums<TransactionType>("type") is { } types ? [.. types.Select(WireName.Of)] : null,
            Asset = query.Text("asset")?.ToUpperInvariant(),
            From = from is { } first ? Micros.From(first) : null,
            To = to is { } end ? Micros.From(end) : null,
        };
        var currency = listings.Currency(account.CurrencyId);
        return new StoredList<LedgerLineRow, LedgerKey, TransactionDto>(
            $"/accounts/{Ids.Account(account.Id)}/transactions",
            $"transactions {wanted with { Kinds = null }} {string.Join(',', wanted.Kinds ?? [])}",
            (number, size) => history.ListAsync(wanted, number, size, cancellation),
            Read,
            row => Show(row, currency))
        {
            Table = (TransactionTable.ContentType, limit => new TextStream<LedgerLineRow, LedgerKey>(TransactionTable.ContentType, limit, Read, TransactionTable.Head, row => TransactionTable.Row(Show(row, currency)))
            {
                FileName = $"transactions-{AccountNumber.Of(account.Id)}.csv",
            }),
        }.AnswerAsync(venue, cursors, query, context, cancellation);

        Task<CursorPage<LedgerLineRow, LedgerKey>> Read(Cursor<LedgerKey>? place, int size) => history.ListAsync(wanted, place, size, cancellation);
    }

    /// <summary>A line of an account's ledger in the wire's words.</summary>
    public TransactionDto Show(LedgerLineRow row, ListedCurrency currency)
    {
        // An account holds one currency; any other asset is shares.
        var scale = row.Asset == currency.Code ? currency.Scale : listings.Require(row.Asset).QuantityScale;
        return new()
        {
            Id = $"transaction-{row.EntryId}-{row.Line}",
            AccountId = Ids.Account(row.AccountId),
            Type = WireName.TryParse<TransactionType>(row.Kind, out var type) ? type : throw new InvalidDataException($"the store holds '{row.Kind}' as a kind of posting"),
            Asset = row.Asset,
            Amount = Scaled.ToDecimal(row.Amount, scale),
            BalanceAfter = Scaled.ToDecimal(row.BalanceAfter, scale),
            Reference = row.Reference is "" ? null : row.Reference,
            Timestamp = Micros.ToInstant(row.PostedAt),
        };
    }
}
