using System.Globalization;
using MyTradeX.Bench.FanOut.Subscribers;

namespace MyTradeX.Bench.FanOut.Measures;

/// <summary>What a connection takes of memory that is open and has nothing to say.</summary>
static class IdleMemory
{
    const int Port = 4710, Warming = 100;
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(12);

    public static async Task RunAsync(int connections)
    {
        Console.WriteLine($"{connections:N0} connections; kB each\n\n| server | resident, left alone {Rest.TotalSeconds} s | resident, collected | heap in use |\n|---|---|---|---|");
        foreach (var follows in (bool[])[false, true])
        {
            var contenders = await Contender.StartAllAsync(Port, follows);
            try
            {
                foreach (var contender in contenders.Where(contender => !follows || contender.Speech.Topic is not null))
                    await WeighAsync(contender, connections);
            }
            finally
            {
                foreach (var publisher in contenders.Select(contender => contender.Publisher).Distinct())
                    publisher.Dispose();
            }
        }
    }

    static async Task WeighAsync(Contender contender, int connections)
    {
        var publisher = contender.Publisher;
        // What the first connections bring with them is no connection's: code, pools, tables.
        using (var first = new SubscriberGroup())
            first.Open(Warming, publisher.Port, contender.Speech);
        await Task.Delay(TimeSpan.FromSeconds(1));
        var heap = await publisher.BidAsync("collect");
        var resident = Resident(publisher.ProcessId);
        using var group = new SubscriberGroup();
        group.Open(connections, publisher.Port, contender.Speech);
        group.RunUntil(() => false, Rest);
        var alone = Resident(publisher.ProcessId);
        var heapThen = await publisher.BidAsync("collect");
        var collected = Resident(publisher.ProcessId);
        group.RequireAlive();
        Console.WriteLine($"| {contender.Name}{(contender.Speech.Topic is null ? "" : ", following a topic")} | {Each(alone - resident)} | {Each(collected - resident)} | {Each(heapThen - heap)} |");

        string Each(long bytes) => (bytes / 1_000.0 / connections).ToString("0.0", CultureInfo.InvariantCulture);
    }

    /// <summary>Bytes of the process in RAM.</summary>
    public static long Resident(int process) =>
        1024 * long.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
