using System.Diagnostics.Metrics;

namespace MyTradeX.Bench.FanOut.Publishing;

/// <summary>Counts the events that the hub has handed to connections, by the server's own metric, and wakes the publisher when there are enough.</summary>
sealed class Handed : IDisposable
{
    readonly MeterListener _listener = new();
    readonly ManualResetEventSlim _enough = new(false, spinCount: 0);
    long _count;
    long _target = long.MaxValue;

    public Handed()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "mytradex.realtime.sent")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, count, _, _) =>
        {
            if (Interlocked.Add(ref _count, count) >= Volatile.Read(ref _target))
                _enough.Set();
        });
        _listener.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Waits until so many have been handed over. False when that takes unreasonably long.</summary>
    public bool WaitFor(long count)
    {
        _enough.Reset();
        Volatile.Write(ref _target, count);
        var isThere = Count >= count || _enough.Wait(TimeSpan.FromSeconds(5));
        Volatile.Write(ref _target, long.MaxValue);
        return isThere;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _enough.Dispose();
    }
}
