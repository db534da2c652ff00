using MyTradeX.Core;

namespace MyTradeX.Venue.MarketData;

/// <summary>The last 24 hours of one instrument, to the minute: one candle for each minute with a trade.</summary>
sealed class RollingDay
{
    const long DayUs = 24 * 60 * Candle.MinuteUs;

    readonly LinkedList<Candle> _candles = new();
    long _summedAt = -1;
    (long Volume, long High, long Low) _summed;
    long _closeBefore;

    public long LastTradeAt { get; private set; }

    /// <summary>Minutes remembered.</summary>
    public int Minutes => _candles.Count;

    /// <summary>Takes in a candle that was kept, oldest first.</summary>
    public void Restore(Candle candle)
    {
        _candles.AddLast(candle);
        LastTradeAt = candle.OpenTime;
    }

    public void Add(long time, in TradeExecuted trade)
    {
        LastTradeAt = time;
        if (_candles.Last is { } last && last.ValueRef.OpenTime == Candle.MinuteOf(time)) last.ValueRef.Add(in trade);
        else
        {
            _candles.AddLast(Candle.From(time, in trade));
            _summedAt = -1;
            // Here too, for an instrument that nobody looks at.
            Forget(Candle.MinuteOf(time));
        }
    }

    /// <summary>Volume, high, low and the price at the beginning of the 24 hours before a time; zeros when nothing traded.</summary>
    public (long Volume, long High, long Low, long Open) Over24Hours(long now)
    {
        var minute = Candle.MinuteOf(now);
        Forget(minute);
        if (_candles.Last is not { } current) return (0, 0, 0, _closeBefore);
        if (_summedAt != minute) SumAllButLast(minute);
        ref var candle = ref current.ValueRef;
        return (
            _summed.Volume + candle.Volume,
            Math.Max(_summed.High, candle.High),
            Math.Min(_summed.Low, candle.Low),
            _closeBefore != 0 ? _closeBefore : _candles.First!.ValueRef.Open);
    }

    void Forget(long minute)
    {
        while (_candles.First is { } oldest && oldest.ValueRef.OpenTime <= minute - DayUs)
        {
            _closeBefore = oldest.ValueRef.Close;
            _candles.RemoveFirst();
            _summedAt = -1;
        }
    }

    void SumAllButLast(long minute)
    {
        _summed = (0, 0, long.MaxValue);
        for (var node = _candles.First; node != _candles.Last; node = node!.Next)
        {
            ref var candle = ref node!.ValueRef;
            _summed = (_summed.Volume + candle.Volume, Math.Max(_summed.High, candle.High), Math.Min(_summed.Low, candle.Low));
        }
        _summedAt = minute;
    }
}
