using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Realtime;
using Xunit;

namespace MyTradeX.Server.Tests.Realtime;

public sealed class TakingTurns
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly HubGround _ground = new();

    [Fact]
    public void whatever_is_told_while_turns_are_taken_is_taken_too()
    {
        using var thread = new PumpThread(1);
        var pumps = Enumerable.Range(0, 3).Select(_ => Follow(thread)).ToArray();
        // Told at ever another moment after the last was taken, as the thread is about to sleep.
        for (var i = 0; i < 20_000; i++)
        {
            _ground.Publish(HubGround.TapeName, i);
            foreach (var pump in pumps)
                Assert.True(SpinWait.SpinUntil(() => pump.Taken == i + 1, Patience), $"{pump.Taken} of {i + 1} were taken");
            Thread.SpinWait(i % 100);
        }
        Assert.All(pumps, pump => Assert.Single(pump.Threads));
    }

    [Fact]
    public void nobody_gets_a_turn_once_the_thread_is_disposed_of()
    {
        var thread = new PumpThread(1);
        var pump = Follow(thread);
        _ground.Publish(HubGround.TapeName, 1);
        Assert.True(SpinWait.SpinUntil(() => pump.Taken == 1, Patience));
        thread.Dispose();
        _ground.Publish(HubGround.TapeName, 2);
        Assert.Equal(1, pump.Taken);
    }

    CountingPump Follow(PumpThread thread)
    {
        var pump = new CountingPump(thread);
        pump.Session = _ground.Hub.Open(HubGround.User(), null, pump);
        Assert.Null(pump.Session.Subscribe(HubGround.TapeName));
        return pump;
    }

    /// <summary>Counts what it is given, and on how many threads.</summary>
    sealed class CountingPump(PumpThread thread) : EventPump(thread)
    {
        int _taken;

        public int Taken => Volatile.Read(ref _taken);

        public HashSet<int> Threads { get; } = [];

        protected override int QueuedBytes => 0;

        protected override string Door => "test";

        protected override bool TrySend(RealtimeEvent e)
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            Interlocked.Increment(ref _taken);
            return true;
        }

        protected override void Flush()
        {
        }

        protected override void WatchDraining()
        {
        }

        protected override void End(Refusal why) => throw new InvalidOperationException(why.Message);
    }
}
