namespace MyTradeX.Server.Platform.Runtime;

/// <summary>Gives memory back to the system when the server has become quiet after a busy time. Under load it does nothing: the runtime's own collections are the better ones then.</summary>
internal sealed class QuietCollector(TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Bytes that were in use after the last collection, at the most, for another one: everything stands still meanwhile, some two milliseconds for each million bytes of small objects. Where more is in use, what a
    /// busy time leaves behind is the lesser part.
    /// </summary>
    const long InUseMax = 64 << 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var heap = new QuietHeap();
        using var timer = new PeriodicTimer(Period, clock);
        using var ending = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
            if (heap.IsDue(GC.GetTotalAllocatedBytes()) && InUse() <= InUseMax)
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    static long InUse()
    {
        var last = GC.GetGCMemoryInfo();
        return last.HeapSizeBytes - last.FragmentedBytes;
    }
}
