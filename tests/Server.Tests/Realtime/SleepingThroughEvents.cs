using Xunit;

namespace MyTradeX.Server.Tests.Realtime;

/// <summary>By itself: what tests beside it take would be counted too.</summary>
[CollectionDefinition(nameof(SleepingThroughEvents), DisableParallelization = true)]
public sealed class ByItself;

[Collection(nameof(SleepingThroughEvents))]
public sealed class SleepingThroughEvents
{
    readonly HubGround _ground = new();

    [Fact]
    public void who_does_not_read_costs_no_memory_of_his_own()
    {
        var sleepers = Enumerable.Range(0, 40).Select(_ => _ground.Open(topics: HubGround.TapeName)).ToArray();
        for (var i = 0; i < 10_000; i++)
            _ground.Publish(HubGround.TapeName, i);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 20_000; i++)
            _ground.Publish(HubGround.TapeName, i);

        // Twenty thousand events for each of forty would be some hundred megabytes.
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 2_000_000);
        GC.KeepAlive(sleepers);
    }
}
