using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Server.Platform.Runtime;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Server.Realtime;

namespace MyTradeX.Bench.FanOut.Publishing;

/// <summary>The whole server with one topic more, told at the pace that comes by the standard input: <c>flood WINDOW SECONDS SUBSCRIBERS</c>, <c>paced PER_SECOND SECONDS</c> or <c>collect</c>; <c>trades</c> asks for the exchange's own.</summary>
static class HubHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        Scheduling.LetThreadsFinishTheirTurn();
        using var handed = new Handed();
        await using var app = Server.Program.Build(args, services =>
        {
            services.AddSingleton<BenchTopics>();
            services.AddSingleton<ITopicFamily>(provider => provider.GetRequiredService<BenchTopics>());
            services.AddSingleton<FillClock>();
            // The first to hear of an event.
            services.Insert(0, ServiceDescriptor.Singleton<ITopicFamily>(provider => provider.GetRequiredService<FillClock>()));
        });
        await app.Services.GetRequiredService<VenueHost>().OpenAsync();
        await app.StartAsync();
        var topics = app.Services.GetRequiredService<BenchTopics>();
        Console.WriteLine("ready");
        while (await NextLineAsync() is { } line)
        {
            var words = line.Split(' ');
            var numbers = words[1..].Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
            Console.WriteLine(words[0] switch
            {
                "flood" => await OnItsOwnAsync(() => Flood(topics, handed, numbers[0], TimeSpan.FromSeconds(numbers[1]), numbers[2])),
                "paced" => await OnItsOwnAsync(() => Paced(topics, numbers[0], TimeSpan.FromSeconds(numbers[1]))),
                "collect" => Collect(),
                "trades" => Tell(app.Services.GetRequiredService<FillClock>().Trades()),
                _ => throw new ArgumentException($"{line} is no command."),
            });
        }
        await app.StopAsync();
        return 0;
    }

    /// <summary>The console's reader blocks, and a thread of the pool that it blocks would be one of two that the pool thinks busy.</summary>
    static Task<string?> NextLineAsync() => OnItsOwnAsync(Console.In.ReadLine);

    /// <summary>On a thread of its own, as the hub's is.</summary>
    static Task<T> OnItsOwnAsync<T>(Func<T> publish) => Task.Factory.StartNew(publish, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>As fast as at most a window of messages waits to be handed over. With a window of 1 nothing waits for the same connection: each message is a write of its own.</summary>
    static long Flood(BenchTopics topics, Handed handed, int window, TimeSpan time, int subscribers)
    {
        var (began, before, published) = (Stopwatch.GetTimestamp(), handed.Count, 0L);
        while (Stopwatch.GetElapsedTime(began) < time)
        {
            if (!handed.WaitFor(before + ((published + 1 - window) * subscribers)))
                break;
            topics.Publish();
            published++;
        }
        return published;
    }

    static long Paced(BenchTopics topics, int perSecond, TimeSpan time)
    {
        var (began, published) = (Stopwatch.GetTimestamp(), 0L);
        while (true)
        {
            var elapsed = Stopwatch.GetElapsedTime(began);
            if (elapsed >= time)
                return published;
            for (var due = (long)(elapsed.TotalSeconds * perSecond); published < due; published++)
                topics.Publish();
            Thread.Sleep(1);
        }
    }

    /// <summary>One a line; how many.</summary>
    static long Tell(FilledTrade[] trades)
    {
        foreach (var trade in trades)
            Console.WriteLine(trade);
        // Marks the end, since a count alone does not stand out among numbers.
        Console.WriteLine("all");
        return trades.Length;
    }

    /// <summary>Gives back what is free; bytes of the heap that are in use.</summary>
    static long Collect()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
