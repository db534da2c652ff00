using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Trading;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Realtime;

namespace MyTradeX.Server.Features.Portfolio;

/// <summary><c>/portfolio</c>: the caller's own, nobody else's.</summary>
internal static class PortfolioEndpoints
{
    /// <summary>A position, for the documents.</summary>
    public static readonly PositionDto ExamplePosition = new()
    {
        Id = "position-3-1", AccountId = "account-3", Symbol = "AAPL", Quantity = 100, Available = 60, Held = 40, AverageCost = 149.50m, CostBasis = 14_950.00m,
        CurrentPrice = 150.25m, MarketValue = 15_025.00m, UnrealizedPnL = 75.00m, RealizedPnL = 125.00m, Fees = 4.50m, DayPnL = 25.00m, Currency = "USD",
        LastUpdated = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero),
    };

    public static void AddPortfolio(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PortfolioReads>();
        builder.Services.AddSingleton<ITopicFamily, PortfolioTopics>();
    }

    public static void MapPortfolio(this RouteGroupBuilder api)
    {
        var portfolio = api.MapGroup("/portfolio").WithTags("Portfolio").Requires(Permission.ViewPortfolio);

        portfolio.MapGet("/positions", (Caller caller, QueryReader query, HttpRequest request, PortfolioReads reads) => reads.Positions(caller, query, request.Query))
            .Described("listPositions", "Lists the caller's positions",
                "By account and instrument. Money is exact; `averageCost` is rounded half to even to two decimals more than a price has. Fees are kept apart from cost and profit.")
            .Query("accountId", "Only this account's.", "account-3")
            .Query("symbol", "Only this instrument's.", "AAPL")
            .Query("includeClosed", "Whether to list positions that were sold out (quantity 0) too; their realized profit counts in the summary either way.", false)
            .AnswersList(ExamplePosition)
            .Refuses(ErrorCode.AccountNotFound, ErrorCode.InstrumentNotFound, ErrorCode.AmountOutOfRange);

        portfolio.MapGet("/summary", (Caller caller, QueryReader query, PortfolioReads reads) => reads.Summary(caller, query))
            .Described("getPortfolioSummary", "Sums up the caller's portfolio",
                "Cash and positions in one currency, over all the caller's accounts, at one moment. `totalValue` is cash and market value; realized profit counts positions that were sold out too.")
            .Query("accountId", "Only this account's.", "account-3")
            .Query("currency", "The currency to sum up; unless given, that of the caller's oldest account.", "USD")
            .Answers(StatusCodes.Status200OK, new PortfolioSummaryDto
            {
                TotalValue = 150_250.00m, Cash = 135_225.00m, MarketValue = 15_025.00m, TotalUnrealizedPnL = 75.00m, TotalRealizedPnL = 125.00m, TotalFees = 4.50m,
                DayPnL = 25.00m, Currency = "USD", Positions = [new() { Symbol = "AAPL", Quantity = 100, MarketValue = 15_025.00m, PnL = 75.00m }],
            })
            .Refuses(ErrorCode.AccountNotFound, ErrorCode.CurrencyNotFound, ErrorCode.AmountOutOfRange);
    }
}
