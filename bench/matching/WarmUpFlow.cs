namespace MyTradeX.Bench.Matching;

/// <summary>
/// Made-up orders, the same for the same seed: half new (a few of them immediate-or-cancel), the rest cancels and modifications of
/// orders that may or may not be open still, around a price that stays or wanders.
/// </summary>
/// <param name="seed">Where the numbers begin.</param>
/// <param name="swing">How far the price jumps between orders, in ticks.</param>
sealed class WarmUpFlow(int seed, int swing)
{
    /// <summary>How far back cancels and modifications reach, in orders.</summary>
    const int Reach = 4_000;

    readonly Random _random = new(seed);
    ulong _lastId;
    ulong _sequence;
    long _mid = 30_000;

    public void Fill(Span<Message> messages)
    {
        foreach (ref var message in messages) message = Next();
    }

    Message Next()
    {
        var draw = _random.Next(100);
        if (draw < 50 || _lastId == 0) return Order(kind: 0, ++_lastId);
        var known = _lastId - (ulong)_random.NextInt64(Math.Min((long)_lastId, Reach));
        return Order(draw < 90 ? 1 : 2, known);
    }

    Message Order(long kind, ulong id)
    {
        if (swing > 0) _mid = Math.Clamp(_mid + _random.Next(-swing, swing + 1), 10_000, 50_000);
        var side = (byte)_random.Next(2);
        // One in ten reaches across the mid.
        var away = _random.Next(-2, 18) + _random.Next(swing * 20 + 1);
        var price = side == 0 ? _mid - away : _mid + away;
        var immediate = (byte)(kind == 0 && _random.Next(7) == 0 ? 1 : 0);
        return new Message(kind, new Body(id, _sequence++, price, (uint)_random.Next(1, 101), side, immediate));
    }
}
