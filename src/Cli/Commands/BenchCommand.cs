using System.CommandLine;
using MyTradeX.Cli.Load;
using MyTradeX.Cli.Terminal;

namespace MyTradeX.Cli.Commands;

/// <summary>mytradex bench: order load against a running server, through its API.</summary>
internal static class BenchCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var symbol = new Option<string>("--symbol") { Description = "The instrument.", DefaultValueFactory = _ => "AAPL" };
        var connections = new Option<int>("--connections") { Description = "Requests under way at once, at most.", DefaultValueFactory = _ => 32 };
        connections.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (>= 1 and <= 10_000)) result.AddError("--connections must be between 1 and 10,000.");
        });
        var duration = new Option<double>("--duration") { Description = "How long.", HelpName = "seconds", DefaultValueFactory = _ => 10 };
        duration.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 86_400)) result.AddError("--duration must be above 0 and at most 86,400 seconds.");
        });
        var warmUp = new Option<double>("--warm-up") { Description = "How long to run unmeasured before.", HelpName = "seconds", DefaultValueFactory = _ => 2 };
        warmUp.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 3_600)) result.AddError("--warm-up must be between 0 and 3,600 seconds.");
        });
        var fund = new Option<bool>("--fund") { Description = "Bring in paper money and shares first, where the server hands them out." };
        var rate = new Option<double?>("--rate") { Description = "Open loop: orders due a second, whatever the answers; latency counts from when an order was due. Else each connection sends its next order when the last is answered.", HelpName = "orders" };
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is not (null or > 0)) result.AddError("--rate must be above 0.");
        });
        var command = new ToolCommand("bench", """
            Measure a running server by order load.

            Sends limit orders of one lot around the market's price, from the user who is signed in, and cancels again what rests. At the end all of
            that user's open orders in the instrument are cancelled.

            Examples:
              mytradex bench --connections 64 --duration 30 --fund
              mytradex bench --rate 2000 --connections 256 --json
            """)
        { symbol, connections, duration, warmUp, rate, fund };
        command.Does(environment, async (context, cancellation) =>
        {
            using var client = context.SignedIn(maxRetries: 0);
            var options = new LoadOptions(
                context.Value(symbol)!.ToUpperInvariant(), context.Value(connections), TimeSpan.FromSeconds(context.Value(duration)), TimeSpan.FromSeconds(context.Value(warmUp)),
                context.Value(fund), context.Value(rate));
            var report = await context.Screen.ProgressAsync("Sending orders", progress => LoadRun.RunAsync(client, options, progress, cancellation));
            context.Screen.Show(report, shown => shown.Draw());
            return report.Accepted > 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}
