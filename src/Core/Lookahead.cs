using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MyTradeX.Core;

/// <summary>
/// Brings what coming commands will touch into the processor's cache while earlier ones are carried out. A command walks from a table to
/// an order, from there to an account, a position and a level; each step is a wait for memory when many orders are open. Here the
/// first step of one command, the second of an earlier one and the third of a yet earlier one are asked for together.
/// </summary>
/// <remarks>A hint and nothing else: it changes no state, and what it gets wrong or leaves out changes no result.</remarks>
sealed class Lookahead(ExchangeState state)
{
    /// <summary>Commands that are on their way through the steps; a power of two.</summary>
    const int Depth = 8;

    /// <summary>Commands between two steps: time for memory to answer.</summary>
    const int Stride = 2;

    readonly Expected[] _expected = new Expected[Depth];
    uint _next;

    /// <summary>Takes note of a command that will be applied some commands later.</summary>
    public void Add(in Command command)
    {
        _expected[_next % Depth] = command.Header.Kind switch
        {
            CommandKind.PlaceOrder => new Expected { AccountId = command.PlaceOrder.AccountId, InstrumentId = command.PlaceOrder.InstrumentId, Side = command.PlaceOrder.Side, Price = command.PlaceOrder.Price },
            CommandKind.CancelOrder => new Expected { OrderId = command.CancelOrder.OrderId },
            CommandKind.AmendOrder => new Expected { OrderId = command.AmendOrder.OrderId },
            _ => default,
        };
        First(ref _expected[_next % Depth]);
        Second(ref _expected[(_next - Stride) % Depth]);
        Third(ref _expected[(_next - 2 * Stride) % Depth]);
        _next++;
    }

    void First(ref Expected expected)
    {
        if (expected.OrderId != 0)
        {
            state.Orders.PrefetchEntry(expected.OrderId);
        }
        else if (state.Accounts.Exists(expected.AccountId))
        {
            Prefetch(ref state.Accounts[expected.AccountId]);
            state.Positions.PrefetchEntry(expected.AccountId, expected.InstrumentId);
        }
    }

    // The table's line has come: the order of a cancel or an amendment, the position of a new order.
    void Second(ref Expected expected)
    {
        if (expected.OrderId != 0)
        {
            if (!state.Orders.TryFind(expected.OrderId, out expected.Slot)) expected = default;
            else PrefetchOrder(expected.Slot);
            return;
        }
        if (expected.AccountId == 0) return;
        if (state.Positions.TryFind(expected.AccountId, expected.InstrumentId, out var position)) Prefetch(ref state.Positions[position]);
        expected.Slot = -1;
        if (state.InstrumentOf(expected.InstrumentId) is not { } instrument || expected.Side is not (Side.Buy or Side.Sell)) return;
        var levels = instrument.Book.Against(expected.Side);
        if (levels.Best < 0 || (expected.Price != 0 && !levels.IsAsGood(levels.BestPrice, expected.Price))) return;
        // It will trade, first with whoever is first now.
        expected.Slot = levels[levels.Best].Head;
        PrefetchOrder(expected.Slot);
    }

    // The order's line has come: its account, its position, its level and its neighbours there.
    void Third(ref Expected expected)
    {
        if (expected.OrderId == 0)
        {
            if (expected.AccountId == 0) return;
            PrefetchOrder(state.Orders.Hot.NextFree);
            if (expected.Slot < 0) return;
        }
        ref var order = ref state.Orders[expected.Slot];
        // The slot may have been left or given to another since; whatever it holds now is still an order, or was.
        if (!state.Accounts.Exists(order.State.AccountId) || state.InstrumentOf(order.State.InstrumentId) is not { } instrument) return;
        Prefetch(ref state.Accounts[order.State.AccountId]);
        if (order.State.Side == Side.Sell) Prefetch(ref state.Positions[order.Position]);
        else if (expected.OrderId == 0) state.Positions.PrefetchEntry(order.State.AccountId, order.State.InstrumentId);
        ref var hot = ref state.Orders.Hot[expected.Slot];
        if (hot.Next >= 0) Prefetch(ref state.Orders.Hot[hot.Next]);
        if (hot.Previous >= 0) Prefetch(ref state.Orders.Hot[hot.Previous]);
        if (order.Place == OrderPlace.Book) Prefetch(ref instrument.Book.On(order.State.Side)[hot.Level]);
    }

    void PrefetchOrder(int slot)
    {
        Prefetch(ref state.Orders[slot]);
        Prefetch(ref state.Orders.Hot[slot]);
    }

    /// <summary>Asks for every cache line of a value. Does nothing where the processor has no such instruction for us.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(ref T value) where T : unmanaged
    {
        const int line = 64;
        if (!Sse.IsSupported) return;
        // The address may be stale by the time it is used, should the array be moved: then the wrong line is fetched, and nothing else.
        var start = (byte*)Unsafe.AsPointer(ref value);
        for (var offset = 0; offset < sizeof(T); offset += line) Sse.Prefetch0(start + offset);
        Sse.Prefetch0(start + sizeof(T) - 1);
    }

    /// <summary>What is known of a coming command.</summary>
    struct Expected
    {
        /// <summary>The order it names; 0 for a new order.</summary>
        public long OrderId;
        /// <summary>A new order's account.</summary>
        public long AccountId;
        public long Price;
        public int InstrumentId;
        public Side Side;
        /// <summary>The order that was found, or that a new one will trade with; -1 for none.</summary>
        public int Slot;
    }
}
