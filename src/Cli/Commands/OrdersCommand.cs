using System.CommandLine;
using MyTradeX.Cli.Terminal;
using MyTradeX.Client;
using MyTradeX.Contracts.Trading;

namespace MyTradeX.Cli.Commands;

/// <summary>mytradex orders: lists the caller's orders, newest first.</summary>
internal static class OrdersCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var status = WireChoice.Of<OrderStatus>("--status", "Only these.");
        var symbol = new Option<string?>("--symbol") { Description = "Only of this instrument." };
        var limit = new Option<int>("--limit") { Description = "How many at most.", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--limit must be at least 1.");
        });
        var command = new ToolCommand("orders", """
            List your orders, newest first.

            Examples:
              mytradex orders --status NEW
              mytradex orders --symbol AAPL --limit 100 --json
            """)
        { status, symbol, limit };
        command.Does(environment, async (context, cancellation) =>
        {
            using var client = context.SignedIn();
            var filter = new OrderFilter
            {
                Status = context.Value(status),
                Symbol = context.Value(symbol)?.ToUpperInvariant(),
            };
            var orders = await client.Orders.EnumerateAsync(filter, cancellation).Take(context.Value(limit)).ToListAsync(cancellation);
            context.Screen.Show(orders, Tables.Orders);
            return ExitCode.Ok;
        });
        return command;
    }
}

/// <summary>mytradex positions: what the caller holds, and what it is worth.</summary>
internal static class PositionsCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var command = new ToolCommand("positions", "Show your positions and what they are worth.");
        command.Does(environment, async (context, cancellation) =>
        {
            using var client = context.SignedIn();
            var summary = client.Portfolio.GetSummaryAsync(cancellation);
            var positions = new List<PositionDto>();
            for (string? cursor = ""; cursor is not null;)
            {
                var page = await client.Portfolio.GetPositionsAsync(cursor, 100, cancellation);
                positions.AddRange(page.Items);
                cursor = page.NextCursor;
            }
            context.Screen.Show(new { summary = await summary, positions }, shown => Tables.Portfolio(shown.summary, shown.positions));
            return ExitCode.Ok;
        });
        return command;
    }
}
