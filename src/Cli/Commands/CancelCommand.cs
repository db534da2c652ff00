using System.CommandLine;
using MyTradeX.Cli.Terminal;
using Spectre.Console;

namespace MyTradeX.Cli.Commands;

/// <summary>mytradex cancel: cancels one order, those of one symbol, or all.</summary>
internal static class CancelCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var order = new Argument<string?>("order") { Description = "The order's id, with or without its prefix.", Arity = ArgumentArity.ZeroOrOne };
        var symbol = new Option<string?>("--symbol") { Description = "Cancel all open orders in this instrument." };
        var all = new Option<bool>("--all") { Description = "Cancel all open orders." };
        var command = new ToolCommand("cancel", """
            Cancel one order, or many.

            Examples:
              mytradex cancel order-345
              mytradex cancel --symbol AAPL
              mytradex cancel --all
            """)
        { order, symbol, all };
        command.Validators.Add(result =>
        {
            var given = (result.GetValue(order) is null ? 0 : 1) + (result.GetValue(symbol) is null ? 0 : 1) + (result.GetValue(all) ? 1 : 0);
            if (given != 1) result.AddError("Name one order, or give --symbol, or --all.");
        });
        command.Does(environment, async (context, cancellation) =>
        {
            using var client = context.SignedIn();
            if (context.Value(order) is { } id)
            {
                var cancelled = await client.Orders.CancelAsync(Ids.Order(id), cancellation: cancellation);
                context.Screen.Show(cancelled.Data, data => Tables.Orders([data]));
                return ExitCode.Ok;
            }
            var many = await client.Orders.CancelManyAsync(context.Value(symbol)?.ToUpperInvariant(), cancellation: cancellation);
            context.Screen.Show(many.Data, data => new Markup($"{data.Cancelled} {(data.Cancelled == 1 ? "order" : "orders")} cancelled.\n"));
            return ExitCode.Ok;
        });
        return command;
    }
}
