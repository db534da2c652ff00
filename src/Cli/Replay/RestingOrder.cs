using MyTradeX.Core;

namespace MyTradeX.Cli.Replay;

/// <summary>An order that rests in the replayed book, with the exchange's number for it.</summary>
internal sealed class RestingOrder(long lobsterId, Side side, long price, long quantity)
{
    /// <summary>The file's number; 0 for what is known only as a level's total.</summary>
    public long LobsterId { get; } = lobsterId;

    public Side Side { get; } = side;
    public long Price { get; } = price;

    /// <summary>The exchange's number; a new one when the order is entered again behind others.</summary>
    public long OrderId { get; set; }

    /// <summary>Quantity the exchange has on it, what has traded included.</summary>
    public long Total { get; set; } = quantity;

    public long Remaining { get; set; } = quantity;
}
