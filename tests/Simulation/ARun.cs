namespace MyTradeX.Simulation;

public sealed class ARun
{
    [Fact]
    public void takes_the_same_steps_again_with_the_same_seed() => Seeds.Play(1, 12, seed =>
    {
        var (first, second) = (Run.Of(seed), Run.Of(seed));
        Assert.Equal(first.Trace.Digest, second.Trace.Digest);
        Assert.Equal(first.Size, second.Size);
        Assert.Equal(first.Tally.ToString(), second.Tally.ToString());
    });

    [Fact]
    public void takes_other_steps_with_another_seed() => Assert.NotEqual(Run.Of(1).Trace.Digest, Run.Of(2).Trace.Digest);
}
