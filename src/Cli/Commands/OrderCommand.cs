using System.CommandLine;
using MyTradeX.Cli.Terminal;
using MyTradeX.Contracts.Trading;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MyTradeX.Cli.Commands;

/// <summary>mytradex order buy|sell: places an order, or shows what placing it would do.</summary>
internal static class OrderCommand
{
    public static Command Create(CliEnvironment environment) => new ToolCommand("order", """
        Place an order.

        Without --limit and --stop it is a market order; --limit makes it a limit order, --stop a stop order, both a stop-limit order.

        Examples:
          mytradex order buy AAPL 10
          mytradex order sell AAPL 10 --limit 151.25 --tif GTC --post-only
          mytradex order buy AAPL 10 --stop 155 --limit 155.50
          mytradex order buy AAPL 10 --limit 150 --preview
        """)
    {
        CreateSide(environment, "buy", OrderSide.Buy),
        CreateSide(environment, "sell", OrderSide.Sell),
    };

    static ToolCommand CreateSide(CliEnvironment environment, string name, OrderSide side)
    {
        var symbol = new Argument<string>("symbol") { Description = "The instrument." };
        var quantity = new Argument<decimal>("quantity") { Description = "Shares." };
        var limit = new Option<decimal?>("--limit") { Description = "Limit price.", HelpName = "price" };
        var stop = new Option<decimal?>("--stop") { Description = "Stop price.", HelpName = "price" };
        var timeInForce = WireChoice.Of<TimeInForce>("--tif", "How long it works; DAY unless given.");
        var postOnly = new Option<bool>("--post-only") { Description = "Refuse the order rather than take liquidity." };
        var clientOrderId = new Option<string?>("--client-order-id") { Description = "Your own id; repeating the command with it never places twice.", HelpName = "id" };
        var account = new Option<string?>("--account") { Description = "The account that pays and receives; your first trading account unless given.", HelpName = "id" };
        var preview = new Option<bool>("--preview") { Description = "Show what would happen, and place nothing." };
        var command = new ToolCommand(name, $"Place an order to {name}.") { symbol, quantity, limit, stop, timeInForce, postOnly, clientOrderId, account, preview };
        command.Does(environment, async (context, cancellation) =>
        {
            var type = (context.Value(limit), context.Value(stop)) switch
            {
                (null, null) => OrderType.Market,
                (_, null) => OrderType.Limit,
                (null, _) => OrderType.Stop,
                _ => OrderType.StopLimit,
            };
            var order = new PlaceOrderRequest(
                context.Value(symbol).ToUpperInvariant(), side, type, context.Value(quantity), context.Value(limit), context.Value(stop),
                context.Value(timeInForce),
                context.Value(postOnly) ? true : null, context.Value(clientOrderId), Ids.Account(context.Value(account)));

            using var client = context.SignedIn();
            if (context.Value(preview))
            {
                var outcome = await client.Orders.PreviewAsync(order, cancellation);
                context.Screen.Show(outcome, Draw);
                return outcome.Accepted ? ExitCode.Ok : ExitCode.Failed;
            }
            var placed = await client.Orders.PlaceAsync(order, cancellation: cancellation);
            context.Screen.Show(placed.Data, order => Tables.Orders([order]));
            return ExitCode.Ok;
        });
        return command;
    }

    static Rows Draw(OrderPreviewDto preview)
    {
        var rows = new List<IRenderable>();
        if (preview.Refusal is { } refusal) rows.Add(new Markup($"[red]Would be refused[/]: {Markup.Escape(refusal.Code)}: {Markup.Escape(refusal.Message)}"));
        var table = new Table().HideHeaders().AddColumns("", "");
        table.AddRow("Would trade now", preview.AverageFillPrice is { } price ? $"{preview.FillQuantity} at {Tables.Money(price)} on average" : "nothing");
        table.AddRow("Value", Tables.Money(preview.FillValue));
        table.AddRow("Fees", Tables.Money(preview.Fees));
        table.AddRow("Would rest", $"{preview.RestingQuantity}");
        table.AddRow("Cash held", Tables.Money(preview.HeldCash));
        table.AddRow("Shares held", $"{preview.HeldQuantity}");
        rows.Add(table);
        return new Rows(rows);
    }
}

/// <summary>Ids as people type them: with or without their prefix.</summary>
internal static class Ids
{
    public static string Order(string id) => Prefixed("order-", id);

    public static string? Account(string? id) => id is null ? null : Prefixed("account-", id);

    static string Prefixed(string prefix, string id) => long.TryParse(id, out _) ? prefix + id : id;
}
