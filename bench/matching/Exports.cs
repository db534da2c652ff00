using System.Runtime.InteropServices;

namespace MyTradeX.Bench.Matching;

/// <summary>What the native adapter calls. One venue at a time; calls come from one thread.</summary>
static unsafe class Exports
{
    static Venue? _venue;
    static Reports _reports;

    /// <summary>Fills the native adapter's table of functions, in its order.</summary>
    [UnmanagedCallersOnly]
    public static void Fill(void** table)
    {
        table[0] = (delegate* unmanaged<void*, void*, void*, void>)&Start;
        table[1] = (delegate* unmanaged<void>)&Stop;
        table[2] = (delegate* unmanaged<Message*, uint, void>)&Batch;
        table[3] = (delegate* unmanaged<Body*, void>)&New;
        table[4] = (delegate* unmanaged<Body*, void>)&Cancel;
        table[5] = (delegate* unmanaged<Body*, void>)&Modify;
        table[6] = (delegate* unmanaged<long>)&BestBid;
        table[7] = (delegate* unmanaged<long>)&BestAsk;
        table[8] = (delegate* unmanaged<long, byte, long>)&DepthAt;
    }

    [UnmanagedCallersOnly]
    static void Start(void* transport, void* queue, void* discardingTransport)
    {
        WarmUp.Run(discardingTransport);
        _reports = new Reports(transport, queue);
        _venue = new Venue(_reports);
        GC.Collect();
    }

    [UnmanagedCallersOnly]
    static void Stop()
    {
        _venue = null;
        _reports.Free();
    }

    [UnmanagedCallersOnly]
    static void Batch(Message* messages, uint count) => Current.Run(new ReadOnlySpan<Message>(messages, (int)count));

    [UnmanagedCallersOnly]
    static void New(Body* order) => Current.New(in *order);

    [UnmanagedCallersOnly]
    static void Cancel(Body* cancel) => Current.Cancel(in *cancel);

    [UnmanagedCallersOnly]
    static void Modify(Body* order) => Current.Modify(in *order);

    [UnmanagedCallersOnly]
    static long BestBid() => Current.BestBid;

    [UnmanagedCallersOnly]
    static long BestAsk() => Current.BestAsk;

    [UnmanagedCallersOnly]
    static long DepthAt(long price, byte side) => Current.DepthAt(price, side);

    static Venue Current => _venue ?? throw new InvalidOperationException("engine_init comes first");
}
