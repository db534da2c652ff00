using System.Globalization;
using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using Spectre.Console;

namespace MyTradeX.Cli.Terminal;

/// <summary>How orders, markets, books and positions look on the screen.</summary>
internal static class Tables
{
    /// <summary>A price or an amount, with at least two decimals.</summary>
    public static string Money(decimal value) => value.ToString("#,0.00##########", CultureInfo.InvariantCulture);

    public static Table Orders(IReadOnlyList<OrderDto> orders)
    {
        var table = Table("Order", "Symbol", "Side", "Type", "#Quantity", "#Filled", "#Price", "#Stop", "#Average", "Status", "Created (UTC)");
        foreach (var order in orders)
            table.AddRow(
                Markup.Escape(order.Id), Markup.Escape(order.Symbol), Side(order.Side), WireName.Of(order.OrderType), $"{order.Quantity}", $"{order.FilledQuantity}",
                Money(order.Price), Money(order.StopPrice), Money(order.AverageFillPrice), Status(order), order.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        return table;
    }

    public static Table Markets(IReadOnlyList<MarketDataDto> markets)
    {
        var table = Table("Symbol", "#Last", "#Change", "#%", "#Bid", "#Size", "#Ask", "#Size", "#Volume", "#High", "#Low", "Status");
        foreach (var market in markets)
            table.AddRow(
                $"[bold]{Markup.Escape(market.Symbol)}[/]", Money(market.LastPrice), Signed(market.Change24h), Signed(market.ChangePercent24h),
                Money(market.BidPrice), $"{market.BidQuantity}", Money(market.AskPrice), $"{market.AskQuantity}", $"{market.Volume:N0}",
                Money(market.High24h), Money(market.Low24h), WireName.Of(market.Status));
        return table;
    }

    public static Table Book(OrderBookDto book)
    {
        var table = Table("#Bid size", "#Bid", "#Ask", "#Ask size").Title($"{Markup.Escape(book.Symbol)} at {book.Sequence}");
        for (var level = 0; level < Math.Max(book.Bids.Count, book.Asks.Count); level++)
        {
            var bid = level < book.Bids.Count ? book.Bids[level] : (BookLevelDto?)null;
            var ask = level < book.Asks.Count ? book.Asks[level] : (BookLevelDto?)null;
            table.AddRow($"{bid?.Quantity}", $"[green]{Money(bid?.Price)}[/]", $"[red]{Money(ask?.Price)}[/]", $"{ask?.Quantity}");
        }
        return table;
    }

    public static Rows Portfolio(PortfolioSummaryDto summary, IReadOnlyList<PositionDto> positions)
    {
        var table = Table("Symbol", "#Quantity", "#Average cost", "#Price", "#Value", "#Unrealized", "#Realized", "#Day");
        foreach (var position in positions)
            table.AddRow(
                $"[bold]{Markup.Escape(position.Symbol)}[/]", $"{position.Quantity}", Money(position.AverageCost), Money(position.CurrentPrice), Money(position.MarketValue),
                Signed(position.UnrealizedPnL), Signed(position.RealizedPnL), Signed(position.DayPnL));
        return new Rows(table, new Markup(
            $"Cash {Money(summary.Cash)} {Markup.Escape(summary.Currency)} · total [bold]{Money(summary.TotalValue)}[/] · unrealized {Signed(summary.TotalUnrealizedPnL)} · realized {Signed(summary.TotalRealizedPnL)} · today {Signed(summary.DayPnL)}"));
    }

    /// <summary>A table; a column whose title begins with # is aligned to the right.</summary>
    public static Table Table(params IReadOnlyList<string> titles)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var title in titles)
            table.AddColumn(title[0] == '#' ? new TableColumn(title[1..]).RightAligned().NoWrap() : new TableColumn(title).NoWrap());
        return table;
    }

    static string Money(decimal? value) => value is { } given ? Money(given) : "";

    static string Signed(decimal? value) => value switch
    {
        null => "",
        > 0 => $"[green]+{Money(value.Value)}[/]",
        < 0 => $"[red]{Money(value.Value)}[/]",
        _ => Money(value.Value),
    };

    static string Side(OrderSide side) => side == OrderSide.Buy ? "[green]BUY[/]" : "[red]SELL[/]";

    static string Status(OrderDto order) => order.Reason is { } reason
        ? $"{WireName.Of(order.Status)} ({WireName.Of(reason)})"
        : WireName.Of(order.Status);
}
