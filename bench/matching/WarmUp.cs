using System.Runtime.InteropServices;

namespace MyTradeX.Bench.Matching;

/// <summary>
/// Lets the runtime compile the matching before anything is measured, as a venue does before its market opens: made-up orders against a
/// venue that is thrown away. Methods are compiled fully at their first call (see the project file), so one pass over every path is enough.
/// </summary>
static unsafe class WarmUp
{
    const int Messages = 60_000;

    /// <summary>Reports go to a queue that drops them.</summary>
    public static void Run(void* discardingTransport)
    {
        var reports = new Reports(discardingTransport, null);
        var messages = (Message*)NativeMemory.Alloc(Messages, (nuint)sizeof(Message));
        // A crowded, calm market, then a sparse and restless one.
        foreach (var swing in (ReadOnlySpan<int>)[0, 40])
        {
            new WarmUpFlow(seed: 1, swing).Fill(new Span<Message>(messages, Messages));
            new Venue(reports).Run(new ReadOnlySpan<Message>(messages, Messages));
        }
        NativeMemory.Free(messages);
        reports.Free();
    }
}
