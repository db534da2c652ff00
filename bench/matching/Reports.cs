using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MyTradeX.Bench.Matching;

/// <summary>What a report tells.</summary>
enum ReportKind : byte
{
    OrderAck = 0,
    Trade = 1,
    CancelAck = 2,
    ModifyAck = 3,
    CancelReject = 4,
    ModifyReject = 5,
}

/// <summary>
/// Sends reports, one by one, into the queue that the benchmark hands out. A report is one cache line:
/// <code>
///  0 kind, side, 6 unused     8 sequence number of the message
/// 16 order id                24 price in ticks
/// 32 quantity, 4 unused      40 resting order's id (trades)
/// 48 arriving order's id     56 unused
/// </code>
/// It is written in four halves of a quarter line each because the queue reads it so: a load of 16 bytes would wait for two stores of 8.
/// </summary>
readonly unsafe struct Reports
{
    readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*, int> _push;
    readonly void* _queue;
    readonly Vector128<long>* _line;

    /// <summary>Reports go to <paramref name="queue"/> by the second function of its <paramref name="transport"/>.</summary>
    public Reports(void* transport, void* queue)
    {
        _push = (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void*, int>)((void**)transport)[1];
        _queue = queue;
        _line = (Vector128<long>*)NativeMemory.AlignedAlloc(64, 64);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Send(ReportKind kind, int side, ulong sequence, ulong orderId, long price, long quantity)
    {
        var line = _line;
        line[0] = Vector128.Create((long)kind | (long)side << 8, (long)sequence);
        line[1] = Vector128.Create((long)orderId, price);
        line[2] = Vector128.Create(quantity, 0);
        line[3] = Vector128<long>.Zero;
        Push();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Trade(ulong sequence, long price, long quantity, long restingId, ulong arrivingId)
    {
        var line = _line;
        line[0] = Vector128.Create((long)ReportKind.Trade, (long)sequence);
        line[1] = Vector128.Create(0, price);
        line[2] = Vector128.Create(quantity, restingId);
        line[3] = Vector128.Create((long)arrivingId, 0);
        Push();
    }

    /// <summary>Gives its memory back.</summary>
    public void Free() => NativeMemory.AlignedFree(_line);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Push()
    {
        while (_push(_queue, _line) == 0)
        {
            // The queue is full: its reader is busy on the other core.
        }
    }
}
