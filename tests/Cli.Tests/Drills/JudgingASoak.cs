using MyTradeX.Cli.Drills;
using Xunit;

namespace MyTradeX.Cli.Tests.Drills;

public sealed class JudgingASoak
{
    // Twelve samples: four to warm up, four to compare with, four to compare.
    [Theory]
    [InlineData("warming up is not held against it", "100 200 300 400  400 400 400 400  400 400 400 400", null)]
    [InlineData("one spike proves nothing", "400 400 400 400  400 400 400 400  400 900 400 400", null)]
    [InlineData("up to 32 MB is not growth", "100 100 100 100  100 100 100 100  132 132 132 132", null)]
    [InlineData("more is", "100 100 100 100  100 100 100 100  133 133 133 133", "memory, MB: 100 grew to 133")]
    [InlineData("nor is a tenth", "900 900 900 900  900 900 900 900  990 990 990 990", null)]
    [InlineData("beyond it is", "900 900 900 900  900 900 900 900  991 991 991 991", "memory, MB: 900 grew to 991")]
    [InlineData("a slow leak is found", "100 120 140 160  180 200 220 240  260 280 300 320", "memory, MB: 220 grew to 300")]
    [InlineData("shrinking is fine", "400 400 400 400  400 400 400 400  100 100 100 100", null)]
    public void by_its_memory(string rule, string megabytes, string? growth)
    {
        var samples = megabytes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(value => Sample(memory: double.Parse(value))).ToList();

        Assert.True(SoakVerdict.Growth(samples).SingleOrDefault() == growth, rule);
    }

    [Theory]
    [InlineData(16, 8, null)]
    [InlineData(17, 8, "handles: 300 grew to 317")]
    [InlineData(16, 9, "threads: 25 grew to 34")]
    public void by_its_handles_and_threads(int moreHandles, int moreThreads, string? growth)
    {
        var samples = Enumerable.Range(0, 12).Select(i => i < 8 ? Sample() : Sample(handles: 300 + moreHandles, threads: 25 + moreThreads)).ToList();

        Assert.Equal(growth, SoakVerdict.Growth(samples).SingleOrDefault());
    }

    static SoakSample Sample(double memory = 200, int handles = 300, int threads = 25) => new(1, memory, handles, threads, 100, 100, 1_000, 100, 10, 0);
}
