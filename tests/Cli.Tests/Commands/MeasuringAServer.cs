using System.Net;
using System.Text.Json;
using MyTradeX.Cli.Load;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Trading;
using Xunit;
using static MyTradeX.Cli.Tests.ScriptedServer;

namespace MyTradeX.Cli.Tests.Commands;

public sealed class MeasuringAServer : IDisposable
{
    readonly ToolRun _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("", "closed")]
    [InlineData("--rate 50", "open")]
    public async Task accepted_orders_are_counted_and_the_resting_ones_cancelled(string rate, string loop)
    {
        await using var server = await StartAsync(Exchange);
        Assert.Equal(0, (await _tool.RunAsync(server.Address, "login user@example.com --password x")).Exit);

        var run = await _tool.RunAsync(server.Address, $"bench --connections 4 --duration 0.5 --warm-up 0 {rate} --fund --json");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        var report = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(loop, report.GetProperty("loop").GetString());
        var placed = server.Requests.Count(request => request.Line == "POST /api/v1/orders");
        var accepted = report.GetProperty("accepted").GetInt32();
        var refused = report.GetProperty("refused").TryGetProperty("INSUFFICIENT_FUNDS", out var count) ? count.GetInt32() : 0;
        Assert.True(accepted > 0);
        Assert.Equal(placed, accepted + refused);
        Assert.Equal(accepted, report.GetProperty("cancelled").GetInt32());
        Assert.Contains(server.Requests, request => request.Line == "POST /api/v1/accounts/account-3/deposits");
        Assert.Contains(server.Requests, request => request.Line == "POST /api/v1/accounts/account-3/positions");
        Assert.Equal("DELETE /api/v1/orders?symbol=AAPL", server.Requests.Last().Line);
    }

    static Answer Exchange(Request request) => request.Line switch
    {
        "POST /api/v1/auth/login" => Answer.Ok(Samples.Session("access-1", "refresh-1")),
        "GET /api/v1/auth/me" => Answer.Ok(Samples.Me()),
        "GET /api/v1/instruments/AAPL" => Answer.Ok(new InstrumentDto
        {
            Symbol = "AAPL",
            Name = "Apple",
            Currency = "USD",
            TickSize = 0.01m,
            LotSize = 1,
            SessionOpen = "00:00",
            SessionClose = "00:00",
        }),
        "GET /api/v1/market-data/AAPL" => Answer.Ok(Samples.Market("AAPL")),
        "GET /api/v1/accounts?size=100" => Answer.Ok<IReadOnlyList<AccountDto>>(
            [new() { Id = "account-3", Number = "000000000000", Name = "Trading", Type = AccountType.Trading, Currency = "USD", Balance = 0 }], new Pagination()),
        "POST /api/v1/accounts/account-3/deposits" or "POST /api/v1/accounts/account-3/positions" => Answer.Ok(
            new AccountDto { Id = "account-3", Number = "000000000000", Name = "Trading", Type = AccountType.Trading, Currency = "USD", Balance = 1 }),
        "DELETE /api/v1/orders?symbol=AAPL" => Answer.Ok(new CancelOrdersDto { Cancelled = 0 }),
        "POST /api/v1/orders" when request.Body.Contains("\"price\":150.30", StringComparison.Ordinal) =>
            Answer.Refusal(HttpStatusCode.UnprocessableEntity, "INSUFFICIENT_FUNDS", "no money"),
        _ => Answer.Ok(Samples.Order()),
    };
}

public sealed class CountingLatencies
{
    [Fact]
    public void percentiles_are_the_nearest_rank() =>
        Assert.Equal(
            new LoadReport.Latencies(50, 90, 99, 100, 100),
            LoadReport.Latencies.Of([.. Enumerable.Range(1, 100).Select(number => TimeSpan.FromMilliseconds(number)).Reverse()]));

    [Fact]
    public void nothing_measured_is_zero() => Assert.Equal(new LoadReport.Latencies(0, 0, 0, 0, 0), LoadReport.Latencies.Of([]));
}
