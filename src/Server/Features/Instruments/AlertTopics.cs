using MyTradeX.Contracts.Trading;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Server.Realtime;

namespace MyTradeX.Server.Features.Instruments;

/// <summary><c>alerts</c>: what every user should know at once. An instrument is halted or trades again.</summary>
internal sealed class AlertTopics(RealtimeTopics topics, Venue.Venue venue, Listings listings) : ITopicFamily
{
    readonly HashSet<int> _halted = venue.Read(0, static (exchange, _) => Enumerable.Range(1, exchange.InstrumentCount).Where(id => exchange.TryGetInstrument(id, out var state) && state.Halted).ToHashSet());

    public string Name => "alerts";

    public TopicScope Scope => TopicScope.Everyone;

    public Delivery Delivery => Delivery.Lossless;

    public TopicDoc Doc { get; } = new("What every user should know at once.",
        new EventDoc("alert:system", "An instrument is halted or trades again.", new SystemAlertDto(SystemAlertKind.MarketHalted, "Trading in AAPL is halted.", "AAPL", new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero))));

    public Lock StateGate { get; } = new();

    public void Follow(in ExchangeEvent e)
    {
        if (e.Kind != EventKind.InstrumentChanged)
            return;
        ref readonly var instrument = ref e.As<InstrumentChanged>().Instrument;
        var isChanged = instrument.Halted ? _halted.Add(instrument.Id) : _halted.Remove(instrument.Id);
        if (!isChanged || topics.Find(this, 0) is not { } topic)
            return;
        var symbol = listings.Of(instrument.Id).Symbol;
        topics.Publish(topic, "alert:system", new SystemAlertDto(
            instrument.Halted ? SystemAlertKind.MarketHalted : SystemAlertKind.MarketResumed, instrument.Halted ? $"Trading in {symbol} is halted." : $"{symbol} trades again.", symbol, Micros.ToInstant(e.Header.Time)));
    }
}
