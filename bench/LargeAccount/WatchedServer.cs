using System.Runtime;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Server.Platform.Runtime;
using MyTradeX.Server.Platform.Trading;

namespace MyTradeX.Bench.LargeAccount;

/// <summary>The whole server, with its heap watched. By the standard input it is bidden to <c>collect</c> – it answers with the bytes still in use – or to tell the <c>peak</c> since then, garbage included.</summary>
static class WatchedServer
{
    static long _peak;

    public static async Task<int> RunAsync(string[] args)
    {
        Scheduling.LetThreadsFinishTheirTurn();
        await using var app = Server.Program.Build(args);
        await app.Services.GetRequiredService<VenueHost>().OpenAsync();
        await app.StartAsync();
        new Thread(Watch) { IsBackground = true, Name = "watch" }.Start();
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
            Console.WriteLine(line == "collect" ? Collect() : Interlocked.Read(ref _peak));
        await app.StopAsync();
        return 0;
    }

    static void Watch()
    {
        while (true)
        {
            var now = GC.GetTotalMemory(forceFullCollection: false);
            if (now > Interlocked.Read(ref _peak))
                Interlocked.Exchange(ref _peak, now);
            Thread.Sleep(2);
        }
    }

    static long Collect()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var inUse = GC.GetTotalMemory(forceFullCollection: true);
        Interlocked.Exchange(ref _peak, inUse);
        return inUse;
    }
}
