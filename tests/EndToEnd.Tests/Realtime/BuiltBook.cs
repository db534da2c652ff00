using System.Globalization;
using System.Text;
using System.Text.Json;
using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>A book as a client builds it from what it is told: a snapshot, then changes that follow each other without a gap. Each message's checksum is computed anew.</summary>
sealed class BuiltBook
{
    const int ChecksumLevels = 10;

    readonly SortedDictionary<decimal, decimal> _bids = new(Comparer<decimal>.Create((left, right) => right.CompareTo(left))), _asks = [];

    /// <summary>The last change that is in it.</summary>
    public long Sequence { get; private set; }

    /// <summary>Levels of both sides.</summary>
    public int Levels => _bids.Count + _asks.Count;

    public void Apply(SeenEvent e)
    {
        var update = e.Payload.Deserialize<OrderBookUpdateDto>(WireJson.Options)!;
        if (e.Name == "orderbook:snapshot")
        {
            _bids.Clear();
            _asks.Clear();
        }
        else
        {
            Assert.Equal("orderbook:update", e.Name);
            Assert.Equal(Sequence + 1, update.FirstSequence);
        }
        Assert.Equal(update.Sequence, e.Sequence);
        Sequence = update.Sequence;
        Set(_bids, update.Bids);
        Set(_asks, update.Asks);
        Assert.True(update.Checksum == Checksum(), $"{e.Name} {Sequence} of {update.Symbol} has checksum {update.Checksum}, the book built from it {Checksum()}");
    }

    /// <summary>Fails unless it is what the server answered for the same sequence.</summary>
    public void RequireSame(OrderBookDto answered)
    {
        Assert.Equal(answered.Sequence, Sequence);
        Assert.Equal(answered.Bids, _bids.Select(level => new BookLevelDto(level.Key, level.Value)));
        Assert.Equal(answered.Asks, _asks.Select(level => new BookLevelDto(level.Key, level.Value)));
    }

    static void Set(SortedDictionary<decimal, decimal> side, IReadOnlyList<BookLevelDto> levels)
    {
        foreach (var level in levels)
            if (level.Quantity == 0)
                side.Remove(level.Price);
            else
                side[level.Price] = level.Quantity;
    }

    uint Checksum()
    {
        var text = string.Concat(_bids.Take(ChecksumLevels).Concat(_asks.Take(ChecksumLevels)).Select(level => $"{Plain(level.Key)}:{Plain(level.Value)}|"));
        // Bit by bit, as ISO 3309 has it, so that no table is shared with the server.
        var crc = uint.MaxValue;
        foreach (var b in Encoding.ASCII.GetBytes(text))
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }
        return ~crc;
    }

    static string Plain(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
