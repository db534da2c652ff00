using System.CommandLine;
using MyTradeX.Cli.Terminal;

namespace MyTradeX.Cli.Commands;

/// <summary>mytradex book: one instrument's book.</summary>
internal static class BookCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var symbol = new Argument<string>("symbol") { Description = "The instrument." };
        var depth = new Option<int>("--depth") { Description = "Levels a side.", DefaultValueFactory = _ => 10 };
        depth.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--depth must be at least 1.");
        });
        var command = new ToolCommand("book", """
            Show an instrument's order book.

            Example:
              mytradex book AAPL --depth 5
            """)
        { symbol, depth };
        command.Does(environment, async (context, cancellation) =>
        {
            using var client = context.SignedIn();
            var book = await client.Market.GetBookAsync(context.Value(symbol).ToUpperInvariant(), context.Value(depth), cancellation);
            context.Screen.Show(book, Tables.Book);
            return ExitCode.Ok;
        });
        return command;
    }
}

/// <summary>mytradex watch: a live table of markets.</summary>
internal static class WatchCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var symbols = new Argument<string[]>("symbols") { Description = "The instruments; all unless given.", Arity = ArgumentArity.ZeroOrMore };
        var every = new Option<double>("--every") { Description = "Seconds between looks.", DefaultValueFactory = _ => 1, HelpName = "seconds" };
        every.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.1 and <= 3600)) result.AddError("--every must be between 0.1 and 3600 seconds.");
        });
        var count = new Option<int?>("--count") { Description = "Stop after so many looks; else Ctrl+C stops." };
        var command = new ToolCommand("watch", """
            Watch markets live. With --json each look is one line.

            Examples:
              mytradex watch AAPL MSFT
              mytradex watch --every 5 --json | jq .
            """)
        { symbols, every, count };
        command.Does(environment, async (context, cancellation) =>
        {
            using var client = context.SignedIn();
            var asked = context.Value(symbols).Select(symbol => symbol.ToUpperInvariant()).ToList();
            var pause = TimeSpan.FromSeconds(context.Value(every));
            var looks = context.Value(count) ?? int.MaxValue;
            var screen = context.Screen;
            if (!screen.IsLive)
            {
                await RepeatAsync(looks, pause, async () =>
                {
                    var markets = await LookAsync();
                    if (screen.IsJson) screen.WriteJsonLine(markets);
                    else screen.Draw(Tables.Markets(markets));
                }, cancellation);
                return ExitCode.Ok;
            }
            await screen.LiveAsync(Tables.Markets([]), live => RepeatAsync(looks, pause, async () =>
            {
                live.UpdateTarget(Tables.Markets(await LookAsync()));
                live.Refresh();
            }, cancellation));
            return ExitCode.Ok;

            async Task<IReadOnlyList<Contracts.Trading.MarketDataDto>> LookAsync() => asked.Count > 0
                ? await client.Market.GetBatchAsync(asked, cancellation)
                : (await client.Market.ListAsync(size: 100, cancellation: cancellation)).Items;
        });
        return command;
    }

    static async Task RepeatAsync(int times, TimeSpan pause, Func<Task> work, CancellationToken cancellation)
    {
        for (var done = 0; done < times; done++)
        {
            if (done > 0) await Task.Delay(pause, cancellation);
            await work();
        }
    }
}
