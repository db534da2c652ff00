using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MyTradeX.Bench.LargeAccount;

/// <summary>The statement of the month in its three forms: each adds up by itself, line by line, and all say the same.</summary>
static partial class Statement
{
    public static async Task CheckAsync(RunningServer server, Owner owner, FilledAccount account, string? saveTo)
    {
        var path = $"accounts/{account.Id}/statements/{DateTime.UtcNow.ToString("yyyy-MM", CultureInfo.InvariantCulture)}";
        var (json, jsonTime) = await GetAsync(server, owner, path, "application/json");
        var (table, tableTime) = await GetAsync(server, owner, path, "text/csv");
        var (page, pageTime) = await GetAsync(server, owner, path, "text/html");

        var figures = JsonNode.Parse(json)!["data"]!;
        var (opening, closing) = ((decimal)figures["openingBalance"]!, (decimal)figures["closingBalance"]!);
        Require(account.Lines, (long)figures["transactions"]!, "transactions of the figures");
        Require(closing, opening + figures["totals"]!.AsArray().Sum(total => (decimal)total!["amount"]!), "totals of the figures");

        var rows = table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')).Select(row => (Amount(row[4]), Amount(row[5]))).ToList();
        AddUp(opening, rows, closing, account.Lines, "table");
        var printed = PrintedLine().Matches(page).Select(row => (Amount(row.Groups[1].Value), Amount(row.Groups[2].Value))).ToList();
        AddUp(opening, printed, closing, account.Lines, "page");
        Require(true, rows.SequenceEqual(printed), "lines of table and page are the same");
        Require(opening, Amount(OpeningLine().Match(page).Groups[1].Value), "opening balance of the page");
        Require(closing, Amount(ClosingLine().Match(page).Groups[1].Value), "closing balance of the page");
        if (saveTo is not null)
            await File.WriteAllTextAsync(saveTo, page);
        Console.WriteLine($"\nStatement of {account.Lines:N0} lines: {opening:N2} + {rows.Sum(row => row.Item1):N2} = {closing:N2} in figures, table and page. {jsonTime:N0} ms, {tableTime:N0} ms, {pageTime:N0} ms.");
    }

    static async Task<(string Text, double Milliseconds)> GetAsync(RunningServer server, Owner owner, string path, string accept)
    {
        using var request = RunningServer.Request(HttpMethod.Get, path, owner.Token, accept: accept);
        var asked = Stopwatch.GetTimestamp();
        using var answer = await server.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? (text, Stopwatch.GetElapsedTime(asked).TotalMilliseconds) : throw new InvalidOperationException($"{path}: {text}");
    }

    static void AddUp(decimal opening, List<(decimal Amount, decimal Balance)> rows, decimal closing, int lines, string form)
    {
        Require(lines, rows.Count, $"lines of the {form}");
        var balance = opening;
        foreach (var row in rows)
            Require(balance += row.Amount, row.Balance, $"a balance of the {form}");
        Require(closing, balance, $"closing balance of the {form}");
    }

    static void Require<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvalidOperationException($"{what}: {actual} instead of {expected}");
    }

    static decimal Amount(string text) => decimal.Parse(text.Replace('\u2212', '-'), NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex("""<tr><td>\d{4}-[^\n]*<td class="n">([^<]*)</td><td class="n">([^<]*)</td></tr>""")]
    private static partial Regex PrintedLine();

    [GeneratedRegex("""Opening balance</td><td class="n">([^<]*)</td>""")]
    private static partial Regex OpeningLine();

    [GeneratedRegex("""Closing balance</td><td class="n">([^<]*)</td>""")]
    private static partial Regex ClosingLine();
}
