using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Properties;

public class RandomCommandStreams
{
    [Fact]
    public void are_answered_told_and_kept_as_the_reference_does()
    {
        Streams.ForEachSeed(400, seed => Streams.Play(seed, length: 200, new Duel(statesEvery: 20)));
    }
}
