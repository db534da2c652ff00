using MyTradeX.Core;

namespace MyTradeX.Venue.Reconciliation;

/// <summary>
/// Holds the exchange that trades against a replica, a small piece at a time: the piece is copied under the state lock, the replica is brought to the
/// very sequence of that moment, and the two are compared. So every account, position, instrument, open order with what it reserves, and the
/// top of every book is proved to be what the journal says, and trading waits only for the copy of a piece.
/// </summary>
sealed class LiveComparison(Exchange live, Lock stateLock, Replica replica, Findings findings, CancellationToken cancellation)
{
    /// <summary>Looks under one lock: some ten microseconds.</summary>
    const int LooksAtOnce = 64;

    /// <summary>Levels compared on each side of a book; those below follow from the orders.</summary>
    const int LevelsDeep = 8;

    static readonly (Side Side, int Rank)[] Levels =
        [.. from side in (Side[])[Side.Buy, Side.Sell] from rank in Enumerable.Range(0, LevelsDeep) select (side, rank)];

    /// <summary>Compares everything once. Returns the sequence of the last piece.</summary>
    public long Run()
    {
        var exchange = replica.Exchange;
        var positions = new List<PositionState>();
        for (var account = 1L; account <= exchange.AccountCount; account++) exchange.CopyPositions(account, positions);
        var heldPositions = positions.ConvertAll(position => (position.AccountId, position.InstrumentId));
        var instruments = Enumerable.Range(1, exchange.InstrumentCount).ToList();
        var orders = OpenOrders.KeysOf(exchange);

        Compare("account", Ids(exchange.AccountCount), static (at, id) => at.TryGetAccount(id, out var account) ? account : default);
        Compare("position", heldPositions, static (at, key) => at.TryGetPosition(key.AccountId, key.InstrumentId, out var position) ? position : default);
        Compare("instrument", instruments, static (at, id) => at.TryGetInstrument(id, out var instrument) ? instrument : default);
        Compare("order", orders, static (at, key) => at.TryGetOrder(key.Id, out var order) && at.TryGetHeldCash(key.Id, out var held) ? (order, held) : default);
        Compare("book", instruments.SelectMany(id => Levels.Select(level => (id, level.Side, level.Rank))), LevelOf);
        Compare("venue", [0], static (at, _) => (at.AccountCount, at.InstrumentCount, at.CurrencyCount, at.OpenOrderCount, at.NextDeadline));
        return exchange.Sequence;
    }

    static IEnumerable<long> Ids(long count)
    {
        for (var id = 1L; id <= count; id++) yield return id;
    }

    static BookLevel LevelOf(Exchange at, (int Instrument, Side Side, int Rank) key)
    {
        Span<BookLevel> levels = stackalloc BookLevel[LevelsDeep];
        return at.CopyDepth(key.Instrument, key.Side, levels[..(key.Rank + 1)]) > key.Rank ? levels[key.Rank] : default;
    }

    void Compare<TKey, TState>(string name, IEnumerable<TKey> keys, Func<Exchange, TKey, TState> look) where TState : struct, IEquatable<TState>
    {
        var states = new TState[LooksAtOnce];
        foreach (var piece in keys.Chunk(LooksAtOnce))
        {
            // Once outside the lock: what has never run is compiled first, which takes longer than all the looks.
            _ = look(replica.Exchange, piece[0]);
            long sequence;
            lock (stateLock)
            {
                sequence = live.Sequence;
                for (var i = 0; i < piece.Length; i++) states[i] = look(live, piece[i]);
            }
            if (!replica.AdvanceTo(sequence, cancellation))
            {
                findings.Add(AuditCheck.Replay, "journal", $"ends at sequence {replica.Exchange.Sequence}; the exchange is at {sequence}");
                return;
            }
            for (var i = 0; i < piece.Length; i++)
            {
                var replayed = look(replica.Exchange, piece[i]);
                if (!states[i].Equals(replayed))
                    findings.Add(AuditCheck.Replay, $"{name} {piece[i]}", $"is {states[i]} in the exchange that trades and {replayed} by the journal, at sequence {sequence}");
            }
            findings.Counted(AuditCheck.Replay, piece.Length);
        }
    }
}
