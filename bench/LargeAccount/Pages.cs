using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MyTradeX.Bench.LargeAccount;

/// <summary>How long a page of a hundred takes, near the beginning of a list and deep in it.</summary>
static class Pages
{
    const int Size = 100, RoundsMost = 300;
    static readonly TimeSpan TimeMost = TimeSpan.FromSeconds(5);

    public static async Task MeasureAsync(RunningServer server, Owner owner, FilledAccount account)
    {
        var last = account.Lines / Size * 9 / 10;
        int[] depths = [.. new[] { 1, 10, 100, 500, last }.Where(depth => depth <= last).Distinct()];
        var columns = depths.Length;
        var (transactions, transfers) = ($"accounts/{account.Id}/transactions?limit={Size}", $"transfers?limit={Size}");
        var range = $"&from={DateTime.UtcNow.AddDays(-1):O}&to={DateTime.UtcNow.AddDays(1):O}";
        Console.WriteLine($"\n| a page of {Size}: p50, p99 ms | {string.Join(" | ", depths.Select(depth => $"page {depth}"))} | last : first |\n|---|{string.Concat(Enumerable.Repeat("---|", depths.Length + 1))}");
        foreach (var (name, path) in ((string, string)[])
        [
            ("transactions", transactions), ("transactions, from and to", transactions + range), ("transactions, type=TRANSFER", transactions + "&type=TRANSFER"), ("transactions, asset=USD", transactions + "&asset=USD"),
            ("transfers", transfers), ("transfers, from and to", transfers + range), ("transfers, accountId and status", $"{transfers}&accountId={account.Id}&status=completed"), ("transfers, direction=SENT", transfers + "&direction=SENT"),
        ])
        {
            var places = await WalkAsync(server, owner, path, depths);
            await MeasureAsync(server, owner, columns, name, [.. places.Select(place => (path + "&cursor=" + place.Cursor, place.FirstId))]);
            await MeasureAsync(server, owner, columns, name + ", backwards", [.. places.Select(place => (path + "&cursor=" + place.Back, place.FirstId))]);
        }
        foreach (var (name, path) in ((string, string)[])[("transactions, numbered", transactions), ("transfers, numbered", transfers)])
            await MeasureAsync(server, owner, columns, name, [.. depths.Select(depth => ($"{path}&page={depth}", (string?)null))]);
        // Few lines among many: the pages of deposits alone.
        depths = [.. new[] { 1, 5, account.Lines / Owner.DepositEvery / Size }.Where(depth => depth > 0).Distinct()];
        var deposits = await WalkAsync(server, owner, transactions + "&type=DEPOSIT", depths);
        await MeasureAsync(server, owner, columns, $"transactions, type=DEPOSIT (pages {string.Join(", ", depths)})", [.. deposits.Select(place => (transactions + "&type=DEPOSIT&cursor=" + place.Cursor, place.FirstId))]);
    }

    /// <summary>Walks to the last of the depths; what leads to each of them from the page before and, but for the list's last page, from the page after.</summary>
    static async Task<List<(string Cursor, string? Back, string FirstId)>> WalkAsync(RunningServer server, Owner owner, string path, int[] depths)
    {
        var places = new List<(string, string?, string)>();
        var seen = new HashSet<string>();
        string? cursor = "";
        for (var page = 1; page <= depths[^1] + 1; page++)
        {
            var answer = await server.AskAsync(HttpMethod.Get, path + "&cursor=" + cursor, owner.Token);
            var ids = answer["data"]!.AsArray().Select(entry => (string)entry!["id"]!).ToList();
            foreach (var id in ids)
                Require(seen.Add(id), $"page {page} of {path} repeats {id}");
            if (depths.Contains(page - 1))
                places[^1] = places[^1] with { Item2 = (string?)answer["pagination"]!["prevCursor"] };
            if (depths.Contains(page))
                places.Add((cursor, null, ids[0]));
            cursor = (string?)answer["pagination"]!["nextCursor"];
            if (cursor is null)
                break;
            Require(ids.Count == Size, $"page {page} of {path} has {ids.Count} entries");
        }
        return places;
    }

    static async Task MeasureAsync(RunningServer server, Owner owner, int columns, string name, (string Path, string? FirstId)[] pages)
    {
        var times = pages.Select(_ => new List<double>()).ToArray();
        var began = Stopwatch.GetTimestamp();
        // In turn, since a shared machine changes its speed from one second to the next.
        for (var round = 0; round < RoundsMost && Stopwatch.GetElapsedTime(began) < TimeMost; round++)
            for (var i = 0; i < pages.Length; i++)
            {
                using var request = RunningServer.Request(HttpMethod.Get, pages[i].Path, owner.Token);
                var asked = Stopwatch.GetTimestamp();
                using var answer = await server.Http.SendAsync(request);
                var body = await answer.Content.ReadAsByteArrayAsync();
                times[i].Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                if (round == 0)
                    Require(answer.IsSuccessStatusCode && (pages[i].FirstId ?? FirstId(body)) == FirstId(body), $"{pages[i].Path} is another page");
            }
        Console.WriteLine($"| {name} {string.Concat(times.Select(of => $"| {At(of, 0.5):0.00}, {At(of, 0.99):0.0} "))}{string.Concat(Enumerable.Repeat("| ", columns - times.Length))}| {At(times[^1], 0.5) / At(times[0], 0.5):0.00} |");
    }

    static string FirstId(byte[] body) => (string)JsonNode.Parse(body)!["data"]![0]!["id"]!;

    static double At(List<double> times, double share) => times.Order().ElementAt((int)((times.Count - 1) * share));

    static void Require(bool condition, string what)
    {
        if (!condition)
            throw new InvalidOperationException(what);
    }
}
