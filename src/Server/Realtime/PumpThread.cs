using System.Collections.Concurrent;

namespace MyTradeX.Server.Realtime;

/// <summary>Gives its connections their turns, one after the other, each time they have been asked for.</summary>
internal sealed class PumpThread : IDisposable
{
    readonly ConcurrentQueue<EventPump> _asked = new();
    // Without looking for more before it sleeps: the processor is wanted by those who would bring it.
    readonly ManualResetEventSlim _work = new(false, spinCount: 0);
    readonly Thread _thread;
    volatile bool _isStopping;

    public PumpThread(int number)
    {
        _thread = new Thread(Run) { Name = $"realtime {number}", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Asks for a turn. Called from any thread; nobody is given one any more once this is disposed of.</summary>
    public void Ask(EventPump pump)
    {
        _asked.Enqueue(pump);
        if (!_work.IsSet && !_isStopping)
            _work.Set();
    }

    public void Dispose()
    {
        _isStopping = true;
        _work.Set();
        _thread.Join();
        _work.Dispose();
    }

    void Run()
    {
        while (!_isStopping)
        {
            while (_asked.TryDequeue(out var pump))
                pump.TakeTurn();
            _work.Reset();
            // Who asked before that may have found it set.
            if (_asked.IsEmpty && !_isStopping)
                _work.Wait();
        }
    }
}
