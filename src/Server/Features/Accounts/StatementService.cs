using System.Globalization;
using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Accounts;

/// <summary>A month of an account's money: what it began with, what came and went, what it ended with. As figures, as a table, or as a page to print.</summary>
internal sealed class StatementService(Venue.Venue venue, Listings listings, AccountService accounts, TransactionList transactions, LedgerHistory ledger, TimeProvider clock)
{
    static readonly string[] Forms = ["json", "csv", "html"];

    /// <summary>The statement in the form that is asked for: <c>format</c>, else what <c>Accept</c> names first.</summary>
    /// <exception cref="ApiException"><c>ACCOUNT_NOT_FOUND</c>; <c>VALIDATION_ERROR</c> for a month that has not begun.</exception>
    public async Task<IResult> ShowAsync(Caller caller, string id, string month, QueryReader query, HttpContext context, CancellationToken cancellation)
    {
        var form = query.Word("format", Forms) ?? AcceptedForm.Of(context, TransactionTable.ContentType, "text/html") switch { TransactionTable.ContentType => "csv", "text/html" => "html", _ => "json" };
        if (!DateTime.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var begin) || begin.Year < 1970)
            query.Faults.Add("month", "must be a month such as 2024-01");
        else
            query.Faults.Require(begin <= clock.GetUtcNow().UtcDateTime, "month", "has not begun yet");
        query.Faults.ThrowIfAny();

        var account = accounts.Require(caller, id);
        var currency = listings.Currency(account.CurrencyId);
        // One moment for all reads, or what is posted meanwhile would be in some and not in others.
        var (sequence, now) = venue.Read(0, (exchange, _) => (exchange.Sequence, exchange.Time));
        await venue.CatchUpAsync(cancellation);
        var (from, end) = (Micros.From(begin), Micros.From(begin.AddMonths(1)));
        var lines = new LedgerQuery { AccountId = account.Id, Asset = currency.Code, From = from, To = end, ThroughSequence = sequence };
        var (statement, decimals) = await ReadAsync(account, currency, lines, month, isFinal: end <= now, cancellation);
        var page = new StatementPage(statement, decimals);
        return form switch
        {
            "csv" => new TextStream<LedgerLineRow, LedgerKey>(TransactionTable.ContentType, null, Read, TransactionTable.Head, row => TransactionTable.Row(transactions.Show(row, currency)))
            {
                FileName = $"statement-{statement.AccountNumber}-{month}.csv",
            },
            "html" => new TextStream<LedgerLineRow, LedgerKey>("text/html", null, Read, page.Head(), row => page.Row(transactions.Show(row, currency)), page.Tail())
            {
                ContentSecurityPolicy = StatementPage.ContentSecurityPolicy,
            },
            _ => Api.Ok(statement, new() { ["self"] = $"/accounts/{statement.AccountId}/statements/{month}", ["transactions"] = $"/accounts/{statement.AccountId}/transactions" }),
        };

        Task<CursorPage<LedgerLineRow, LedgerKey>> Read(Cursor<LedgerKey>? place, int size) => ledger.ListOldestAsync(lines, place, size, cancellation);
    }

    /// <summary>The figures, and the decimals that the finest of all amounts needs: two at least.</summary>
    async Task<(AccountStatementDto Statement, int Decimals)> ReadAsync(AccountState account, ListedCurrency currency, LedgerQuery lines, string month, bool isFinal, CancellationToken cancellation)
    {
        var before = await ledger.ListAsync(lines with { From = null, To = lines.From }, null, 1, cancellation);
        var last = await ledger.ListAsync(lines, null, 1, cancellation);
        var sums = await ledger.SumsAsync(lines, cancellation);
        var opening = before.Items.Count > 0 ? before.Items[0].BalanceAfter : 0;
        var closing = last.Items.Count > 0 ? last.Items[0].BalanceAfter : opening;
        // A statement that does not add up must not be given out.
        if (opening + sums.Sum(sum => sum.Amount) != closing)
            throw new InvariantBrokenException($"the ledger of account {account.Id} adds up in {month}");
        var zeros = sums.Select(sum => sum.Zeros).Append(ZerosOf(opening)).Min();
        return (new()
        {
            AccountId = Ids.Account(account.Id),
            AccountNumber = AccountNumber.Of(account.Id),
            Name = account.Name.ToString(),
            Currency = currency.Code,
            Month = month,
            Final = isFinal,
            OpeningBalance = currency.Cash(opening),
            ClosingBalance = currency.Cash(closing),
            Transactions = sums.Sum(sum => sum.Lines),
            Totals = [.. sums.Select(sum => new StatementTotalDto
            {
                Type = WireName.TryParse<TransactionType>(sum.Kind, out var type) ? type : throw new InvalidDataException($"the store holds '{sum.Kind}' as a kind of posting"),
                Transactions = sum.Lines,
                Amount = currency.Cash(sum.Amount),
            })],
        }, Math.Max(2, currency.Scale - (int)zeros));
    }

    static long ZerosOf(long amount)
    {
        var zeros = 0;
        for (; zeros < Limits.MaxCurrencyScale && amount % 10 == 0; amount /= 10)
            zeros++;
        return zeros;
    }
}
