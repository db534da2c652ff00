using System.Diagnostics;

namespace MyTradeX.Bench.LargeAccount;

/// <summary>What the server's memory rises by while a list leaves whole, for lists of several lengths and readers of several speeds.</summary>
static class Exports
{
    const int ReadBytes = 16 * 1024, SlowBytes = 64 * 1024, Again = 5;

    // Two megabytes a second.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    public static async Task MeasureAsync(RunningServer server, Owner owner, List<FilledAccount> accounts)
    {
        // What the first of each kind brings with it is code.
        foreach (var accept in Forms)
            await ReadAsync(server, server.Http, owner, accounts[1], accept, null);
        Console.WriteLine("\n| export | lines | reader | bytes | lines/s | most resident above idle, MB | heap's peak above idle, MB | in use half-way above idle, kB |\n|---|---|---|---|---|---|---|---|");
        foreach (var accept in Forms)
        {
            foreach (var account in accounts)
                await WeighAsync(server, owner, account, accept, isSlow: false);
            await WeighAsync(server, owner, accounts[^1], accept, isSlow: false, times: Again);
            await WeighAsync(server, owner, accounts[^1], accept, isSlow: true);
        }
    }

    static string[] Forms => ["text/csv", "application/x-ndjson"];

    static async Task WeighAsync(RunningServer server, Owner owner, FilledAccount account, string accept, bool isSlow, int times = 1)
    {
        var heap = await server.CollectAsync();
        server.ForgetResidentPeak();
        var resident = server.Resident;
        long heapPeak = 0, residentPeak = 0, halfWay = 0;
        var began = Stopwatch.GetTimestamp();
        var (lines, bytes) = (0L, 0L);
        for (var i = 0; i < times; i++)
        {
            var read = await ReadAsync(server, isSlow ? server.SlowHttp : server.Http, owner, account, accept, isSlow ? WeighHalfWayAsync : null);
            (lines, bytes) = (lines + read.Lines, bytes + read.Bytes);
        }
        var took = Stopwatch.GetElapsedTime(began);
        (heapPeak, residentPeak) = (Math.Max(heapPeak, await server.HeapPeakAsync()), Math.Max(residentPeak, server.ResidentPeak));
        if (lines != account.Lines * times)
            throw new InvalidOperationException($"{lines} lines instead of {account.Lines * times}");
        Console.WriteLine($"| {accept} | {account.Lines:N0}{(times > 1 ? $", {times} times over" : "")} | {(isSlow ? "slow" : "fast")} | {bytes:N0} | {lines / took.TotalSeconds:N0} | {(residentPeak - resident) / 1e6:0.0} | {(heapPeak - heap) / 1e6:0.0} | {(isSlow ? $"{halfWay / 1e3:N0}" : "")} |");

        async Task WeighHalfWayAsync()
        {
            // Before collecting, which gives back what the peak was made of.
            (heapPeak, residentPeak) = (await server.HeapPeakAsync(), server.ResidentPeak);
            halfWay = await server.CollectAsync() - heap;
        }
    }

    /// <summary>Reads an export to its end, without its head; slowly when there is something to do half-way.</summary>
    static async Task<(long Lines, long Bytes)> ReadAsync(RunningServer server, HttpClient http, Owner owner, FilledAccount account, string accept, Func<Task>? halfWay)
    {
        using var request = RunningServer.Request(HttpMethod.Get, $"accounts/{account.Id}/transactions", owner.Token, accept: accept);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[ReadBytes];
        var (lines, bytes) = (accept == "text/csv" ? -1L : 0L, 0L);
        while (await body.ReadAsync(buffer) is var count and > 0)
        {
            bytes += count;
            lines += buffer.AsSpan(0, count).Count((byte)'\n');
            if (halfWay is null)
                continue;
            if (bytes / SlowBytes != (bytes - count) / SlowBytes)
                await Task.Delay(Pause);
            if (lines >= account.Lines / 2 && halfWay is { } now)
            {
                await now();
                halfWay = static () => Task.CompletedTask;
            }
        }
        return (lines, bytes);
    }
}
