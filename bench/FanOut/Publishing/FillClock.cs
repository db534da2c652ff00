using System.Diagnostics.Metrics;
using MyTradeX.Contracts.Trading;
using MyTradeX.Core;
using MyTradeX.Server.Realtime;

namespace MyTradeX.Bench.FanOut.Publishing;

/// <summary>
/// Notes by the microsecond when trades were filled and told, which the wire tells by the millisecond. A batch of commands is filled right after it has been made durable, which the server's own metric tells on the exchange's
/// thread; a command's stamp lies after the batch before was durable and before its own is, so the first such moment after it is its own.
/// </summary>
sealed class FillClock : ITopicFamily, IDisposable
{
    readonly MeterListener _listener = new();
    readonly Lock _gate = new();
    readonly List<long> _durable = [];
    readonly List<(long Trade, long Stamp, long Told)> _trades = [];

    public FillClock()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "mytradex.journal.commit")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) =>
        {
            lock (_gate)
                _durable.Add(Now());
        });
        _listener.Start();
    }

    public string Name => "fill-clock";

    public TopicScope Scope => TopicScope.Everyone;

    public Delivery Delivery => Delivery.Tape;

    public TopicDoc Doc { get; } = new("Nothing is ever told here.", new EventDoc("never", "Nothing.", new TradeDto { Id = "", Symbol = "", Price = 0, Quantity = 0, Side = OrderSide.Buy, Timestamp = default }));

    public Lock StateGate { get; } = new();

    public void Follow(in ExchangeEvent e)
    {
        if (e.Kind != EventKind.TradeExecuted)
            return;
        lock (_gate)
            _trades.Add((e.As<TradeExecuted>().TradeId, e.Header.Time, Now()));
    }

    /// <summary>All trades so far: their numbers, and when their command was stamped, when it was durable, and when the hub came to tell the trade, all in microseconds since 1970 UTC.</summary>
    public FilledTrade[] Trades()
    {
        lock (_gate)
            return [.. _trades.Select(trade => new FilledTrade(trade.Trade, trade.Stamp, DurableAfter(trade.Stamp), trade.Told))];
    }

    public void Dispose() => _listener.Dispose();

    long DurableAfter(long stamp)
    {
        var place = _durable.BinarySearch(stamp + 1);
        return _durable[place < 0 ? ~place : place];
    }

    static long Now() => Venue.Venue.MicrosecondsOf(DateTimeOffset.UtcNow);
}
