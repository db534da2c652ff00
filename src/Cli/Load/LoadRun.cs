using System.Diagnostics;
using MyTradeX.Cli.Terminal;
using MyTradeX.Client;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Trading;

namespace MyTradeX.Cli.Load;

/// <summary>
/// Sends limit orders of one lot around the market's price, buys and sells in turn, so that some trade and some rest; those are cancelled again at
/// once, so that a connection never binds the money of more than one order, however long the run.
/// </summary>
internal sealed class LoadRun
{
    // A few ticks to both sides of the middle: enough levels for a book to form, few enough for orders to meet.
    const int SpreadTicks = 5;

    readonly MyTradeXClient _client;
    readonly LoadOptions _options;
    readonly InstrumentDto _instrument;
    readonly decimal _middle;
    readonly TimeSpan _end;
    readonly long _start = Stopwatch.GetTimestamp();
    int _sent;

    // What one order a connection needs, with room to drift; the faucet gives no more cash at once.
    const decimal FundingCash = 1_000_000;
    const decimal FundingShares = 10_000;

    LoadRun(MyTradeXClient client, LoadOptions options, InstrumentDto instrument, decimal middle) =>
        (_client, _options, _instrument, _middle, _end) = (client, options, instrument, middle, options.WarmUp + options.Duration);

    /// <summary>Runs the load, and cancels what it left open in the instrument.</summary>
    public static async Task<LoadReport> RunAsync(MyTradeXClient client, LoadOptions options, Action<double> progress, CancellationToken cancellation)
    {
        var instrument = await client.Market.GetInstrumentAsync(options.Symbol, cancellation);
        var market = await client.Market.GetAsync(options.Symbol, cancellation);
        var middle = market.LastPrice ?? instrument.ReferencePrice ?? instrument.TickSize * 1_000;
        if (options.Fund) await FundAsync(client, instrument, cancellation);
        var run = new LoadRun(client, options, instrument, Math.Round(middle / instrument.TickSize) * instrument.TickSize);
        try
        {
            return await run.RunAsync(progress, cancellation);
        }
        finally
        {
            await client.Orders.CancelManyAsync(options.Symbol, cancellation: CancellationToken.None);
        }
    }

    static async Task FundAsync(MyTradeXClient client, InstrumentDto instrument, CancellationToken cancellation)
    {
        var accounts = await client.Accounts.ListAsync(size: 100, cancellation: cancellation);
        var account = accounts.Items.FirstOrDefault(account => account.Type == AccountType.Trading && account.Currency == instrument.Currency)
            ?? throw new CommandFailedException(ExitCode.Failed, new("ACCOUNT_NOT_FOUND", $"There is no trading account in {instrument.Currency} to fund."));
        await client.Accounts.DepositAsync(account.Id, FundingCash, cancellation: cancellation);
        await client.Accounts.DeliverAsync(account.Id, new(instrument.Symbol, FundingShares, instrument.ReferencePrice), cancellation: cancellation);
    }

    async Task<LoadReport> RunAsync(Action<double> progress, CancellationToken cancellation)
    {
        using var watch = new Timer(_ => progress(Math.Min(1, Elapsed / _end)), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
        var tallies = await Task.WhenAll(Enumerable.Range(0, _options.Connections).Select(_ => Task.Run(() => WorkAsync(cancellation), cancellation)));
        var seconds = (Elapsed - _options.WarmUp).TotalSeconds;
        var due = _options.RatePerSecond is { } rate ? (int)(rate * _options.Duration.TotalSeconds) : 0;
        return new()
        {
            Symbol = _options.Symbol,
            Loop = _options.RatePerSecond is null ? "closed" : "open",
            Connections = _options.Connections,
            RatePerSecond = _options.RatePerSecond,
            Seconds = seconds,
            Accepted = tallies.Sum(tally => tally.Latencies.Count),
            Cancelled = tallies.Sum(tally => tally.Cancelled),
            Refused = tallies.SelectMany(tally => tally.Refused).GroupBy(code => code.Key).ToDictionary(code => code.Key, code => code.Sum(entry => entry.Value)),
            Unanswered = tallies.Sum(tally => tally.Unanswered),
            NotSent = Math.Max(0, due - tallies.Sum(tally => tally.All)),
            LatencyMs = LoadReport.Latencies.Of([.. tallies.SelectMany(tally => tally.Latencies)]),
        };
    }

    async Task<Tally> WorkAsync(CancellationToken cancellation)
    {
        var tally = new Tally();
        while (Elapsed < _end && !cancellation.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _sent) - 1;
            var due = Elapsed;
            if (_options.RatePerSecond is { } rate)
            {
                due = TimeSpan.FromSeconds(number / rate);
                if (due >= _end) break;
                if (due > Elapsed) await Task.Delay(due - Elapsed, cancellation);
            }
            await SendAsync(number, due, tally, cancellation);
        }
        return tally;
    }

    async Task SendAsync(int number, TimeSpan due, Tally tally, CancellationToken cancellation)
    {
        var isMeasured = due >= _options.WarmUp;
        try
        {
            var placed = await _client.Orders.PlaceAsync(OrderOf(number), cancellation: cancellation);
            if (isMeasured) tally.Latencies.Add(Elapsed - due);
            if (placed.Data.Status is not (OrderStatus.New or OrderStatus.Partial)) return;
            var isCancelled = await TryCancelAsync(placed.Data.Id, cancellation);
            if (isMeasured && isCancelled) tally.Cancelled++;
        }
        catch (ApiException refusal)
        {
            if (isMeasured) tally.Refused[refusal.Code] = tally.Refused.GetValueOrDefault(refusal.Code) + 1;
        }
        // The server was there when the run began, so its silence now is a result.
        catch (ApiUnreachableException)
        {
            if (isMeasured) tally.Unanswered++;
        }
    }

    /// <summary>Cancels an order; false when it traded between the two requests.</summary>
    async Task<bool> TryCancelAsync(string orderId, CancellationToken cancellation)
    {
        try
        {
            await _client.Orders.CancelAsync(orderId, cancellation: cancellation);
            return true;
        }
        catch (ApiException refusal) when (refusal.Code == ErrorCode.OrderNotOpen.Name)
        {
            return false;
        }
    }

    PlaceOrderRequest OrderOf(int number)
    {
        // The same prices each run, so that two runs can be compared.
        var offset = (number * 7 % (2 * SpreadTicks + 1) - SpreadTicks) * _instrument.TickSize;
        return new(
            _options.Symbol, number % 2 == 0 ? OrderSide.Buy : OrderSide.Sell, OrderType.Limit, _instrument.LotSize,
            Math.Max(_instrument.TickSize, _middle + offset), TimeInForce: TimeInForce.Gtc, SelfTradePrevention: SelfTradePrevention.None);
    }

    TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    sealed class Tally
    {
        public List<TimeSpan> Latencies { get; } = [];
        public Dictionary<string, int> Refused { get; } = [];
        public int Cancelled { get; set; }
        public int Unanswered { get; set; }
        public int All => Latencies.Count + Refused.Values.Sum() + Unanswered;
    }
}
