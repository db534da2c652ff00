using System.Diagnostics;
using MyTradeX.Client;
using MyTradeX.Contracts.Trading;

namespace MyTradeX.Cli.Load;

/// <summary>Sends limit orders of one lot around the market's price, buys and sells in turn, so that some rest and some trade.</summary>
internal sealed class LoadRun
{
    // A few ticks to both sides of the middle: enough levels for a book to form, few enough for orders to meet.
    const int SpreadTicks = 5;

    readonly MyTradeXClient _client;
    readonly LoadOptions _options;
    readonly InstrumentDto _instrument;
    readonly decimal _middle;
    readonly long _start = Stopwatch.GetTimestamp();
    int _sent;

    LoadRun(MyTradeXClient client, LoadOptions options, InstrumentDto instrument, decimal middle) =>
        (_client, _options, _instrument, _middle) = (client, options, instrument, middle);

    /// <summary>Runs the load, and cancels what it left open in the instrument.</summary>
    public static async Task<LoadReport> RunAsync(MyTradeXClient client, LoadOptions options, Action<double> progress, CancellationToken cancellation)
    {
        var instrument = await client.Market.GetInstrumentAsync(options.Symbol, cancellation);
        var market = await client.Market.GetAsync(options.Symbol, cancellation);
        var middle = market.LastPrice ?? instrument.ReferencePrice ?? instrument.TickSize * 1_000;
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

    async Task<LoadReport> RunAsync(Action<double> progress, CancellationToken cancellation)
    {
        using var watch = new Timer(_ => progress(Math.Min(1, Elapsed / _options.Duration)), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
        var tallies = await Task.WhenAll(Enumerable.Range(0, _options.Connections).Select(_ => Task.Run(() => WorkAsync(cancellation), cancellation)));
        var seconds = Elapsed.TotalSeconds;
        var due = _options.RatePerSecond is { } rate ? (int)(rate * _options.Duration.TotalSeconds) : 0;
        return new()
        {
            Symbol = _options.Symbol,
            Loop = _options.RatePerSecond is null ? "closed" : "open",
            Connections = _options.Connections,
            RatePerSecond = _options.RatePerSecond,
            Seconds = seconds,
            Accepted = tallies.Sum(tally => tally.Latencies.Count),
            Refused = tallies.SelectMany(tally => tally.Refused).GroupBy(code => code.Key).ToDictionary(code => code.Key, code => code.Sum(entry => entry.Value)),
            Unanswered = tallies.Sum(tally => tally.Unanswered),
            NotSent = Math.Max(0, due - tallies.Sum(tally => tally.All)),
            LatencyMs = LoadReport.Latencies.Of([.. tallies.SelectMany(tally => tally.Latencies)]),
        };
    }

    async Task<Tally> WorkAsync(CancellationToken cancellation)
    {
        var tally = new Tally();
        while (Elapsed < _options.Duration && !cancellation.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _sent) - 1;
            var due = Elapsed;
            if (_options.RatePerSecond is { } rate)
            {
                due = TimeSpan.FromSeconds(number / rate);
                if (due >= _options.Duration) break;
                if (due > Elapsed) await Task.Delay(due - Elapsed, cancellation);
            }
            await SendAsync(number, due, tally, cancellation);
        }
        return tally;
    }

    async Task SendAsync(int number, TimeSpan due, Tally tally, CancellationToken cancellation)
    {
        try
        {
            await _client.Orders.PlaceAsync(OrderOf(number), cancellation: cancellation);
            tally.Latencies.Add(Elapsed - due);
        }
        catch (ApiException refusal)
        {
            tally.Refused[refusal.Code] = tally.Refused.GetValueOrDefault(refusal.Code) + 1;
        }
        catch (ApiUnreachableException) when (tally.All > 0)
        {
            tally.Unanswered++;
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
        public int Unanswered { get; set; }
        public int All => Latencies.Count + Refused.Values.Sum() + Unanswered;
    }
}
