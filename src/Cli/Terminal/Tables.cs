using System.Globalization;
using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MyTradeX.Cli.Terminal;

/// <summary>How orders, markets, books and positions look on the screen.</summary>
internal static class Tables
{
    /// <summary>A price or an amount, with at least two decimals.</summary>
    public static string Money(decimal value) => value.ToString("#,0.00##########", CultureInfo.InvariantCulture);

    public static IRenderable Orders(IReadOnlyList<OrderDto> orders) => new FittingTable(orders.Select(order => (string[])[
            Markup.Escape(order.Id), Markup.Escape(order.Symbol), Side(order.Side), WireName.Of(order.OrderType), $"{order.Quantity}", $"{order.FilledQuantity}",
            Money(order.Price), Money(order.StopPrice), Money(order.AverageFillPrice), WireName.Of(order.Status), order.Reason is { } reason ? WireName.Of(reason) : "",
            order.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)]),
        "Order", "Symbol", "Side", "?Type", "#Quantity", "#Filled", "#Price", "?#Stop", "?#Average", "Status", "?Reason", "?Created (UTC)");

    public static IRenderable Markets(IReadOnlyList<MarketDataDto> markets) => new FittingTable(markets.Select(market => (string[])[
            $"[bold]{Markup.Escape(market.Symbol)}[/]", Money(market.LastPrice), Signed(market.Change24h), Signed(market.ChangePercent24h),
            Money(market.BidPrice), $"{market.BidQuantity}", Money(market.AskPrice), $"{market.AskQuantity}", $"{market.Volume:N0}",
            Money(market.High24h), Money(market.Low24h), WireName.Of(market.Status)]),
        "Symbol", "#Last", "?#Change", "#%", "#Bid", "#Size", "#Ask", "#Size", "#Volume", "?#High", "?#Low", "?Status");

    public static Table Book(OrderBookDto book)
    {
        var table = new Table().Border(TableBorder.Rounded).Title($"{Markup.Escape(book.Symbol)} at {book.Sequence}");
        foreach (var title in (string[])["Bid size", "Bid", "Ask", "Ask size"]) table.AddColumn(new TableColumn(title).RightAligned());
        for (var level = 0; level < Math.Max(book.Bids.Count, book.Asks.Count); level++)
        {
            var bid = level < book.Bids.Count ? book.Bids[level] : (BookLevelDto?)null;
            var ask = level < book.Asks.Count ? book.Asks[level] : (BookLevelDto?)null;
            table.AddRow($"{bid?.Quantity}", $"[green]{Money(bid?.Price)}[/]", $"[red]{Money(ask?.Price)}[/]", $"{ask?.Quantity}");
        }
        return table;
    }

    public static Rows Portfolio(PortfolioSummaryDto summary, IReadOnlyList<PositionDto> positions) => new(
        new FittingTable(positions.Select(position => (string[])[
                $"[bold]{Markup.Escape(position.Symbol)}[/]", $"{position.Quantity}", Money(position.AverageCost), Money(position.CurrentPrice), Money(position.MarketValue),
                Signed(position.UnrealizedPnL), Signed(position.RealizedPnL), Signed(position.DayPnL)]),
            "Symbol", "#Quantity", "?#Average cost", "#Price", "#Value", "#Unrealized", "?#Realized", "#Day"),
        new Markup(
            $"Cash {Money(summary.Cash)} {Markup.Escape(summary.Currency)} · total [bold]{Money(summary.TotalValue)}[/] · unrealized {Signed(summary.TotalUnrealizedPnL)} · realized {Signed(summary.TotalRealizedPnL)} · today {Signed(summary.DayPnL)}"));

    static string Money(decimal? value) => value is { } given ? Money(given) : "";

    static string Signed(decimal? value) => value switch
    {
        null => "",
        > 0 => $"[green]+{Money(value.Value)}[/]",
        < 0 => $"[red]{Money(value.Value)}[/]",
        _ => Money(value.Value),
    };

    static string Side(OrderSide side) => side == OrderSide.Buy ? "[green]BUY[/]" : "[red]SELL[/]";
}
