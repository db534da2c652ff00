using MyTradeX.Protocols.WebSockets;
using Xunit;

namespace MyTradeX.WebSockets.Tests;

public sealed class ADeadlineWheel
{
    readonly ManualClock _clock = new();

    [Fact]
    public void fires_each_deadline_once_never_early_and_at_most_a_tick_late()
    {
        for (var round = 0; round < 20; round++)
        {
            var seed = Seeds.For(round);
            Random random = new(seed);
            using DeadlineWheel wheel = new(_clock);
            List<Noted> deadlines = [.. Enumerable.Range(0, 300).Select(_ => new Noted(wheel) { Due = random.Next(200_000) })];
            foreach (var deadline in deadlines) wheel.Schedule(deadline, deadline.Due);
            foreach (var deadline in deadlines.Where(_ => random.Next(3) == 0)) wheel.Schedule(deadline, deadline.Due = random.Next(200_000));
            var cancelled = deadlines.Where(_ => random.Next(5) == 0).ToHashSet();
            foreach (var deadline in cancelled) wheel.Cancel(deadline);

            for (var i = 0; i < 60; i++) _clock.Advance(TimeSpan.FromMilliseconds(random.Next(8_000)));
            _clock.Advance(TimeSpan.FromSeconds(200));

            Assert.Equal(0, wheel.Count);
            foreach (var deadline in deadlines)
            {
                if (cancelled.Contains(deadline)) Assert.True(deadline.FiredAt.Count == 0, $"seed {seed}");
                else Assert.True(deadline.FiredAt is [var at] && at >= deadline.Due && at <= deadline.Due + 2 * DeadlineWheel.TickMs, $"seed {seed}: due {deadline.Due}, fired {string.Join(", ", deadline.FiredAt)}");
            }
        }
    }

    [Fact]
    public void lets_a_deadline_schedule_itself_again()
    {
        using DeadlineWheel wheel = new(_clock);
        Noted deadline = new(wheel) { Every = 100 };
        wheel.Schedule(deadline, 100);

        _clock.Advance(TimeSpan.FromMilliseconds(1005));

        Assert.Equal(10, deadline.FiredAt.Count);
    }

    sealed class Noted(DeadlineWheel wheel) : Deadline
    {
        public long Due { get; set; }

        public int Every { get; init; }

        public List<long> FiredAt { get; } = [];

        protected internal override void OnDue()
        {
            FiredAt.Add(wheel.NowMs);
            if (Every > 0) wheel.Schedule(this, 100 * (FiredAt.Count + 1));
        }
    }
}
