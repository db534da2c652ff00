using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.MarketData;

/// <summary>An instrument of a test's own.</summary>
internal sealed record TestInstrument(int Id, string Symbol, int PriceScale, int QuantityScale);

/// <summary>Makes markets by hand: instruments, funded accounts, orders at known prices, as commands of the venue itself.</summary>
internal sealed class TestMarket(TestServer server)
{
    /// <summary>Decimals of US dollars here.</summary>
    public const int UsdScale = 6;

    // Owners that nobody signs in as.
    const long DealerId = 1_000_000;

    static int s_listed;
    int _dealers;

    public Venue.Venue Venue => server.Services.GetRequiredService<Venue.Venue>();

    public async Task<TestInstrument> ListAsync(
        int priceScale = 2, int quantityScale = 0, decimal reference = 0, int makerFeePpm = 0, int takerFeePpm = 0, string currency = "USD",
        TimeSpan sessionOpen = default, TimeSpan sessionClose = default)
    {
        var symbol = $"T{Interlocked.Increment(ref s_listed)}";
        var id = (int)await DoAsync(Command.From(0, new CreateInstrument
        {
            Symbol = Text16.From(symbol),
            CurrencyId = CurrencyId(currency),
            PriceScale = (byte)priceScale,
            QuantityScale = (byte)quantityScale,
            Name = Text64.From("Test " + symbol),
            ReferencePrice = Units(reference, priceScale),
            Rules = new InstrumentRules
            {
                TickSize = 1, LotSize = 1, MakerFeePpm = makerFeePpm, TakerFeePpm = takerFeePpm,
                SessionOpenMinute = (short)sessionOpen.TotalMinutes, SessionCloseMinute = (short)sessionClose.TotalMinutes,
            },
        }));
        return new(id, symbol, priceScale, quantityScale);
    }

    public Task<long> CurrencyAsync(string code, int scale) => DoAsync(Command.From(0, new CreateCurrency { Code = Text16.From(code), Scale = (byte)scale }));

    /// <summary>Someone signed in, with their number.</summary>
    public async Task<(HttpClient Client, long UserId)> TraderAsync()
    {
        var (client, session, _) = await server.NewUserAsync();
        Assert.True(Ids.TryParse((string?)session["user"]!["id"], "user", out var userId));
        return (client, userId);
    }

    /// <summary>A new account of a user, with money in it.</summary>
    public async Task<long> AccountAsync(long userId, decimal cash, string currency = "USD", int currencyScale = UsdScale)
    {
        var account = await DoAsync(Command.From(0, new OpenAccount { OwnerId = userId, CurrencyId = CurrencyId(currency), Type = AccountType.Trading }));
        if (cash != 0)
            await DoAsync(Command.From(0, new Deposit { AccountId = account, Amount = Units(cash, currencyScale) }));
        return account;
    }

    /// <summary>A counterparty with plenty of money and shares: its user and account.</summary>
    public async Task<(long UserId, long AccountId)> DealerAsync(TestInstrument instrument, decimal shares = 1_000_000)
    {
        var user = DealerId + Interlocked.Increment(ref _dealers);
        var account = await AccountAsync(user, 900_000_000);
        await DeliverAsync(account, instrument, shares, 0);
        return (user, account);
    }

    public Task DeliverAsync(long account, TestInstrument instrument, decimal shares, decimal unitCost) => DoAsync(Command.From(0, new DeliverPosition
    {
        AccountId = account, InstrumentId = instrument.Id, Quantity = Units(shares, instrument.QuantityScale), UnitCost = Units(unitCost, instrument.PriceScale),
    }));

    /// <summary>Places a limit order that may rest.</summary>
    public Task<long> PlaceAsync(long account, TestInstrument instrument, Side side, decimal quantity, decimal price) => DoAsync(Command.From(0, new PlaceOrder
    {
        AccountId = account,
        InstrumentId = instrument.Id,
        Side = side,
        Type = OrderType.Limit,
        TimeInForce = TimeInForce.Gtc,
        SelfTradePrevention = SelfTradePrevention.CancelNewest,
        Quantity = Units(quantity, instrument.QuantityScale),
        Price = Units(price, instrument.PriceScale),
    }));

    /// <summary>A trade: the seller rests, the buyer takes; or the other way round.</summary>
    public async Task TradeAsync(TestInstrument instrument, long buyer, long seller, decimal quantity, decimal price, Side taker = Side.Buy)
    {
        var (first, firstSide, second) = taker == Side.Buy ? (seller, Side.Sell, buyer) : (buyer, Side.Buy, seller);
        await PlaceAsync(first, instrument, firstSide, quantity, price);
        await PlaceAsync(second, instrument, taker, quantity, price);
    }

    public Task HaltAsync(TestInstrument instrument) => DoAsync(Command.From(0, new SetHalt { InstrumentId = instrument.Id, Halted = true }));

    /// <summary>Moves the clock, and waits until every day that has ended by then is closed.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        server.Clock.Advance(by);
        await DoAsync(Command.AdvanceTime());
    }

    public async Task<long> DoAsync(Command command)
    {
        var result = await Venue.SubmitAsync(in command);
        Assert.Equal(RejectCode.None, result.Code);
        return result.SubjectId;
    }

    int CurrencyId(string code) => Venue.Read(Text16.From(code), (exchange, name) => exchange.TryFindCurrency(name, out var id) ? id : throw new ArgumentException("no such currency"));

    static long Units(decimal value, int scale)
    {
        for (var i = 0; i < scale; i++)
            value *= 10;
        Assert.Equal(decimal.Truncate(value), value);
        return (long)value;
    }
}

/// <summary>Requests that end with the test.</summary>
internal static class Requests
{
    public static Task<HttpResponseMessage> ReadAsync(this HttpClient client, string path) => client.GetAsync(path, TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> WriteAsync(this HttpClient client, string path, object body) => body is HttpContent content
        ? client.PostAsync(path, content, TestContext.Current.CancellationToken)
        : client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
}
