namespace MyTradeX.Core.Tests.Properties;

public class ASideOfManyPrices
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void keeps_its_levels_from_best_to_worst_whatever_comes_and_goes(bool highestFirst)
    {
        Streams.ForEachSeed(20, seed =>
        {
            var random = new Random(seed);
            var levels = new PriceLevels(highestFirst);
            var expected = new SortedDictionary<long, int>(Comparer<long>.Create((a, b) => highestFirst ? b.CompareTo(a) : a.CompareTo(b)));
            // From a handful of prices to thousands, packed or far apart, growing for a while and then shrinking.
            var prices = random.Next(2, 4_000);
            var spread = random.Next(3) switch { 0 => 1L, 1 => 100L, _ => long.MaxValue / 4_000 };
            for (var step = 0; step < 6_000; step++)
            {
                var price = (random.Next(prices) - prices / 2) * spread;
                if (random.Next(10) < (step / 1_500 % 2 == 0 ? 7 : 3))
                {
                    var slot = levels.FindOrAdd(price);
                    Assert.Equal(price, levels[slot].Price);
                    if (!expected.TryAdd(price, slot)) Assert.Equal(expected[price], slot);
                }
                else if (expected.Remove(price, out var slot)) levels.Remove(slot);

                Assert.Equal(expected.Count, levels.Count);
                Assert.Equal(expected.TryGetValue(price, out var there) ? there : -1, levels.Find(price));
                Assert.Equal(expected.Count == 0 ? -1 : expected.First().Value, levels.Best);
                Assert.Equal(expected.Count == 0 ? 0 : expected.First().Key, levels.BestPrice);
                if (step % 500 == 0) Assert.Equal(expected.Values, Enumerable.Range(0, levels.Count).Select(levels.AtRank));
            }
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void meets_a_limit_at_the_best_price_or_through_it(bool highestFirst)
    {
        var levels = new PriceLevels(highestFirst);
        Assert.False(levels.Meets(long.MinValue));
        Assert.False(levels.Meets(long.MaxValue));

        foreach (var price in (long[])[long.MinValue, -5, 0, 5, long.MaxValue])
        {
            var slot = levels.FindOrAdd(price);
            Assert.True(levels.Meets(price));
            if (price is > long.MinValue and < long.MaxValue)
            {
                Assert.Equal(highestFirst, levels.Meets(price - 1));
                Assert.Equal(!highestFirst, levels.Meets(price + 1));
            }
            levels.Remove(slot);
            Assert.False(levels.Meets(price));
        }
    }
}
