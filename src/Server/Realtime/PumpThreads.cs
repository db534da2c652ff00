namespace MyTradeX.Server.Realtime;

/// <summary>
/// Threads that move events to connections, one a processor. Each connection has its thread for good: what is told to hundreds is sent from all processors at once, where the thread pool, which
/// wakes its next thread only after the first has begun, had all of it sent by one while the machine was half busy.
/// </summary>
internal sealed class PumpThreads : IDisposable
{
    /// <summary>More than these would wait for the network card, not for processors.</summary>
    const int CountMax = 8;

    readonly PumpThread[] _threads = [.. Enumerable.Range(1, Math.Min(Environment.ProcessorCount, CountMax)).Select(number => new PumpThread(number))];
    int _given;

    /// <summary>The thread for the next connection: each in turn.</summary>
    public PumpThread Next() => _threads[(uint)Interlocked.Increment(ref _given) % _threads.Length];

    public void Dispose()
    {
        foreach (var thread in _threads)
            thread.Dispose();
    }
}
