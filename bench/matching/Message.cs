using System.Runtime.InteropServices;

namespace MyTradeX.Bench.Matching;

/// <summary>
/// One message of the benchmark: 8 bytes of kind, then the message itself. The three kinds begin alike, and a modification lies in
/// memory as a new order does, so one layout reads them all.
/// <code>
///  0 kind (0 new order, 1 cancel, 2 modify), 7 unused
///  8 order id
/// 16 sequence number
/// 24 price in ticks       (not in a cancel)
/// 32 quantity, 4 bytes    (not in a cancel)
/// 36 side: 0 buy, 1 sell  (not in a cancel)
/// 37 1: immediate or cancel (new orders alone), 2 unused
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 40)]
readonly struct Message(long kind, Body body)
{
    public readonly long Kind = kind;
    public readonly Body Body = body;
}

/// <summary>A message without its kind.</summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
readonly struct Body(ulong orderId, ulong sequence, long price, uint quantity, byte side, byte immediate)
{
    public readonly ulong OrderId = orderId;
    public readonly ulong Sequence = sequence;
    public readonly long Price = price;
    public readonly uint Quantity = quantity;
    public readonly byte Side = side;
    public readonly byte Immediate = immediate;
}
