using System.Globalization;

namespace MyTradeX.Bench.FanOut.Publishing;

/// <summary>When a trade came about, in microseconds since 1970 UTC.</summary>
/// <param name="Number">The trade's number.</param>
/// <param name="Stamped">When the exchange took its command up.</param>
/// <param name="Durable">When the command was on disk, a few microseconds before the fill.</param>
/// <param name="Told">When the hub came to tell it.</param>
readonly record struct FilledTrade(long Number, long Stamped, long Durable, long Told)
{
    public static FilledTrade Parse(string line)
    {
        var numbers = line.Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return new(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {Stamped} {Durable} {Told}");
}
