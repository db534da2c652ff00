using MyTradeX.Contracts.Trading;
using MyTradeX.Core;

namespace MyTradeX.Server.Platform.Trading;

/// <summary>An instrument at one moment: its state and what follows from it.</summary>
/// <param name="State">As the exchange has it.</param>
/// <param name="Status">Whether it trades.</param>
/// <param name="BandLow">Lowest limit price allowed, in price units; 0 without a band.</param>
/// <param name="BandHigh">Highest limit price allowed, in price units; 0 without a band.</param>
internal readonly record struct MarketView(InstrumentState State, MarketStatus Status, long BandLow, long BandHigh)
{
    /// <summary>Looks at an instrument that exists.</summary>
    public static MarketView Of(Exchange exchange, int instrumentId, long now)
    {
        exchange.TryGetInstrument(instrumentId, out var state);
        exchange.TryGetBand(instrumentId, out var low, out var high);
        return new(state, StatusOf(exchange, in state, now), low, high);
    }

    /// <summary>Whether an instrument trades at a time.</summary>
    public static MarketStatus StatusOf(Exchange exchange, in InstrumentState state, long now) =>
        state.Halted ? MarketStatus.Halted : exchange.IsInSession(state.Id, now) ? MarketStatus.Open : MarketStatus.Closed;
}
