using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MyTradeX.Bench.FanOut.Subscribers;

/// <summary>Any number of subscribers on one thread: whoever calls <see cref="RunUntil"/>.</summary>
sealed unsafe class SubscriberGroup : IDisposable
{
    const int BufferBytes = 256 * 1024, EventsAtOnce = 512;
    // A server that is asked for thousands at once may drop some on the way in.
    const int OpenedAtOnce = 100;

    readonly List<Subscriber> _all = [];
    readonly int _epoll = Libc.EpollCreate(0);
    readonly byte* _buffer = (byte*)NativeMemory.Alloc(BufferBytes), _events = (byte*)NativeMemory.Alloc((nuint)(EventsAtOnce * Libc.EventBytes));

    public IReadOnlyList<Subscriber> All => _all;

    public long Messages { get; private set; }

    /// <summary>Ticks of the clock at the first and the last message since <see cref="Begin"/>.</summary>
    public long FirstAt { get; private set; }

    public long LastAt { get; private set; }

    /// <summary>When the message at hand came in at its socket, by the system's clock.</summary>
    public DateTimeOffset ArrivedAt { get; private set; }

    /// <summary>Called with each message and when it was read; null while only counting.</summary>
    public Action<ReadOnlySpan<byte>, long>? OnMessage { get; set; }

    public int Alive => _all.Count(one => one.EndedBy is null);

    /// <summary>Opens subscribers and waits until all of them follow.</summary>
    public void Open(int count, int port, Speech speech)
    {
        for (var opened = 0; opened < count;)
        {
            var until = Math.Min(count, opened + OpenedAtOnce);
            for (; opened < until; opened++)
            {
                var one = new Subscriber(port, speech, Note);
                _all.Add(one);
                Watch(one.File, _all.Count - 1);
            }
            if (!RunUntil(() => _all.TrueForAll(one => one.IsReady || one.EndedBy is not null), TimeSpan.FromSeconds(20)))
                throw new InvalidOperationException($"{_all.Count(one => !one.IsReady)} subscribers of {speech.Path} did not get so far as to follow.");
        }
        RequireAlive();
    }

    public void RequireAlive()
    {
        if (_all.Find(one => one.EndedBy is not null) is { } ended)
            throw new InvalidOperationException($"{_all.Count - Alive} of {_all.Count} subscribers were cut, one by {ended.EndedBy}");
    }

    /// <summary>Counts from nothing.</summary>
    public void Begin() => (Messages, FirstAt, LastAt) = (0, 0, 0);

    /// <summary>Reads until something holds, which is looked at every few milliseconds. False when the time is up before.</summary>
    public bool RunUntil(Func<bool> holds, TimeSpan within)
    {
        var (began, looked) = (Stopwatch.GetTimestamp(), 0L);
        while (true)
        {
            var now = Stopwatch.GetTimestamp();
            if (Stopwatch.GetElapsedTime(looked, now).TotalMilliseconds > 5)
            {
                if (holds())
                    return true;
                if (Stopwatch.GetElapsedTime(began, now) > within)
                    return false;
                looked = now;
            }
            var ready = Libc.EpollWait(_epoll, _events, EventsAtOnce, 5);
            for (var i = 0; i < ready; i++)
                Read(_all[*(int*)(_events + (i * Libc.EventBytes) + Libc.EventData)]);
        }
    }

    public void Dispose()
    {
        foreach (var one in _all)
            one.Dispose();
        _ = Libc.Close(_epoll);
        NativeMemory.Free(_buffer);
        NativeMemory.Free(_events);
    }

    void Read(Subscriber one)
    {
        var kept = one.Kept.Length;
        one.Kept.CopyTo(new Span<byte>(_buffer, kept));
        var count = (int)Libc.Receive(one.File, _buffer + kept, (nuint)(BufferBytes - kept), Libc.DoNotWait, out var arrivedAt);
        if (count <= 0)
        {
            if (count == 0 || Marshal.GetLastPInvokeError() is not (11 or 4))
            {
                one.End("the server hung up");
                one.Dispose();
            }
            return;
        }
        ArrivedAt = arrivedAt == 0 ? DateTimeOffset.UtcNow : DateTimeOffset.UnixEpoch.AddTicks(arrivedAt / 100);
        one.Take(new ReadOnlySpan<byte>(_buffer, kept + count), Stopwatch.GetTimestamp());
    }

    void Note(ReadOnlySpan<byte> message, long now)
    {
        if (Messages++ == 0)
            FirstAt = now;
        LastAt = now;
        OnMessage?.Invoke(message, now);
    }

    void Watch(int file, int number)
    {
        var e = stackalloc byte[Libc.EventBytes];
        *(int*)e = Libc.EpollIn;
        *(long*)(e + Libc.EventData) = number;
        if (Libc.EpollControl(_epoll, Libc.EpollAdd, file, e) != 0)
            throw new InvalidOperationException("A socket could not be watched.");
    }
}
