using System.Globalization;
using MyTradeX.Venue.Demo;
using Xunit;

namespace MyTradeX.Venue.Tests.Demo;

public class TheNumbers
{
    const int TradingDays = 252;

    public static TheoryData<string> Symbols => [.. DemoMarket.Symbols.Select(symbol => symbol.Symbol)];

    [Theory]
    [MemberData(nameof(Symbols))]
    public void are_those_of_the_daily_bars(string name)
    {
        var file = Find(name);
        var rows = File.ReadLines(file).Skip(1).TakeLast(TradingDays).Select(line => line.Split(',')).ToArray();
        var closes = rows.Select(row => double.Parse(row[5], CultureInfo.InvariantCulture)).ToArray();
        var returns = closes.Zip(closes.Skip(1), (one, next) => Math.Log(next / one)).ToArray();
        var mean = returns.Average();
        var deviation = Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / (returns.Length - 1));

        var symbol = DemoMarket.Symbols.Single(symbol => symbol.Symbol == name);
        Assert.Equal("2020-01-10", rows[^1][0]);
        Assert.Equal(decimal.Parse(rows[^1][4], CultureInfo.InvariantCulture), symbol.OpeningPrice);
        Assert.Equal(Math.Round(deviation, 4), symbol.DailyVolatility);
    }

    /// <summary>The bars, in the folder that MYTRADEX_MARKET_DATA names or in ../shared/data beside the repository.</summary>
    static string Find(string symbol)
    {
        var tried = new List<string>();
        if (Environment.GetEnvironmentVariable("MYTRADEX_MARKET_DATA") is { Length: > 0 } named) tried.Add(named);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent) tried.Add(Path.Combine(folder.FullName, "shared", "data"));
        foreach (var folder in tried)
        {
            var file = Path.Combine(folder, "daily", $"{symbol}.csv");
            if (File.Exists(file)) return file;
        }
        const string reason = "There are no daily bars: set MYTRADEX_MARKET_DATA to the folder that has daily/AAPL.csv.";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(reason);
        Assert.Skip(reason);
        return "";
    }
}
