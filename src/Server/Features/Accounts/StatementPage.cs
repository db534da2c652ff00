using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Server.Features.Accounts;

/// <summary>A statement as a page for paper: amounts aligned by their point, the table's head and the account on every sheet, no row torn apart.</summary>
/// <param name="statement">The figures.</param>
/// <param name="decimals">Decimals of every amount: as many as the finest of them needs, or their points would not be in a column.</param>
internal sealed class StatementPage(AccountStatementDto statement, int decimals)
{
    const string Style = """
        :root { color-scheme: light; }
        body { font: 11pt/1.45 "Helvetica Neue", Arial, sans-serif; color: #1a1a1a; max-width: 46rem; margin: 2.5rem auto; padding: 0 1.25rem; }
        header { display: flex; justify-content: space-between; align-items: baseline; border-bottom: 2px solid #1a1a1a; padding-bottom: .5rem; }
        h1 { font-size: 1.35rem; margin: 0; }
        header span { color: #555; }
        dl { display: grid; grid-template-columns: max-content minmax(0, 1fr) max-content auto; gap: .2rem 1.25rem; margin: 1.25rem 0; }
        dt { color: #555; }
        dd { margin: 0; overflow-wrap: anywhere; }
        table { width: 100%; border-collapse: separate; border-spacing: 0; font-size: .88rem; margin-top: 1rem; }
        th { text-align: left; font-weight: 600; border-bottom: 1px solid #1a1a1a; padding: .3rem .5rem .3rem 0; }
        td { padding: .22rem .5rem .22rem 0; border-bottom: 1px solid #e3e3e3; white-space: nowrap; }
        .n { text-align: right; padding-right: 0; font-variant-numeric: tabular-nums; }
        tr.sum td { font-weight: 600; border-bottom: 1px solid #1a1a1a; }
        tr.sheet { display: none; }
        tr.sheet th { font-weight: 400; color: #555; border: 0; }
        thead { display: table-header-group; }
        tr { break-inside: avoid; }
        tr.sum, footer { break-before: avoid; break-inside: avoid; }
        footer { margin-top: 1.25rem; color: #555; font-size: .82rem; }
        @page { size: A4; margin: 16mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt "Helvetica Neue", Arial, sans-serif; color: #555; } }
        @media print {
          :root { font-size: 9.5pt; }
          body { font-size: 9.5pt; margin: 0; max-width: none; padding: 0; }
          td { padding-top: .1rem; padding-bottom: .1rem; }
          tr.sheet { display: table-row; }
        }
        """;

    readonly string _format = "N" + decimals.ToString(CultureInfo.InvariantCulture);

    /// <summary>The page has its own style and nothing else.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'";

    public string Head()
    {
        var month = DateTime.ParseExact(statement.Month, "yyyy-MM", CultureInfo.InvariantCulture).ToString("MMMM yyyy", CultureInfo.InvariantCulture);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Statement {Text(statement.AccountNumber)} {statement.Month}</title>
            <style>{Style}</style>
            </head>
            <body>
            <header><h1>Account statement</h1><span>{month}{(statement.Final ? "" : ", so far")}</span></header>
            <dl>
            <dt>Account</dt><dd>{Text(statement.Name)}</dd><dt>Opening balance</dt><dd class="n">{Money(statement.OpeningBalance)} {statement.Currency}</dd>
            <dt>Number</dt><dd>{Spaced(statement.AccountNumber)}</dd><dt>Closing balance</dt><dd class="n">{Money(statement.ClosingBalance)} {statement.Currency}</dd>
            </dl>
            <table>
            <thead><tr><th>By type</th><th class="n">Transactions</th><th class="n">{statement.Currency}</th></tr></thead>
            <tbody>

            """);
        foreach (var total in statement.Totals)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Words(total.Type)}</td><td class=\"n\">{total.Transactions:N0}</td><td class=\"n\">{Signed(total.Amount)}</td></tr>\n");
        page.Append(CultureInfo.InvariantCulture, $"""
            <tr class="sum"><td>Change</td><td class="n">{statement.Transactions:N0}</td><td class="n">{Signed(statement.ClosingBalance - statement.OpeningBalance)}</td></tr>
            </tbody>
            </table>
            <table>
            <thead>
            <tr class="sheet"><th colspan="3">Account {Spaced(statement.AccountNumber)}</th><th class="n" colspan="2">{month}</th></tr>
            <tr><th>Time (UTC)</th><th>What</th><th>Reference</th><th class="n">Amount</th><th class="n">Balance</th></tr>
            </thead>
            <tbody>
            <tr class="sum"><td colspan="4">Opening balance</td><td class="n">{Money(statement.OpeningBalance)}</td></tr>

            """);
        return page.ToString();
    }

    public string Row(TransactionDto line) => string.Create(CultureInfo.InvariantCulture,
        $"<tr><td>{line.Timestamp:yyyy-MM-dd HH:mm:ss}</td><td>{Words(line.Type)}</td><td>{Text(line.Reference ?? line.Id)}</td><td class=\"n\">{Signed(line.Amount)}</td><td class=\"n\">{Money(line.BalanceAfter)}</td></tr>\n");

    public string Tail() => $"""
        <tr class="sum"><td colspan="3">{statement.Transactions.ToString("N0", CultureInfo.InvariantCulture)} transactions</td><td class="n">{Signed(statement.ClosingBalance - statement.OpeningBalance)}</td><td></td></tr>
        <tr class="sum"><td colspan="4">Closing balance</td><td class="n">{Money(statement.ClosingBalance)}</td></tr>
        </tbody>
        </table>
        <footer>As the ledger has it: the opening balance and the {statement.Transactions.ToString("N0", CultureInfo.InvariantCulture)} transactions add up to the closing balance. Days begin and end at midnight UTC.</footer>
        </body>
        </html>

        """;

    static string Text(string text) => WebUtility.HtmlEncode(text);

    static string Spaced(string number) => string.Join(' ', number.Chunk(4).Select(part => new string(part)));

    static string Words(TransactionType type) => WireName.Of(type) is var name ? name[0] + name[1..].ToLowerInvariant() : "";

    string Money(decimal amount) => amount.ToString(_format, CultureInfo.InvariantCulture);

    string Signed(decimal amount) => (amount > 0 ? "+" : "") + Money(amount).Replace('-', '\u2212');
}
