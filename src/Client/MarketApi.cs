using MyTradeX.Contracts.Trading;

namespace MyTradeX.Client;

/// <summary>Prices, books, trades, candles and instruments.</summary>
public sealed class MarketApi
{
    readonly ApiTransport _transport;

    internal MarketApi(ApiTransport transport) => _transport = transport;

    /// <summary>One instrument's market at a glance.</summary>
    public Task<MarketDataDto> GetAsync(string symbol, CancellationToken cancellation = default) =>
        _transport.GetAsync<MarketDataDto>($"market-data/{Escape(symbol)}", cancellation);

    /// <summary>Several instruments at once, in the order asked for.</summary>
    public Task<IReadOnlyList<MarketDataDto>> GetBatchAsync(IReadOnlyList<string> symbols, CancellationToken cancellation = default) =>
        _transport.QueryAsync<IReadOnlyList<MarketDataDto>>("market-data/batch", new MarketDataBatchRequest(symbols), cancellation);

    /// <summary>One page of all instruments' markets.</summary>
    public Task<Page<MarketDataDto>> ListAsync(string? cursor = null, int? size = null, CancellationToken cancellation = default) =>
        _transport.GetPageAsync<MarketDataDto>($"market-data{new Query().Add("cursor", cursor).Add("size", size)}", cancellation);

    /// <summary>The aggregated book.</summary>
    public Task<OrderBookDto> GetBookAsync(string symbol, int? depth = null, CancellationToken cancellation = default) =>
        _transport.GetAsync<OrderBookDto>($"orderbook/{Escape(symbol)}{new Query().Add("depth", depth)}", cancellation);

    /// <summary>One page of the public tape, newest first.</summary>
    public Task<Page<TradeDto>> GetTradesAsync(string symbol, string? cursor = null, int? size = null, CancellationToken cancellation = default) =>
        _transport.GetPageAsync<TradeDto>($"trades/{Escape(symbol)}{new Query().Add("cursor", cursor).Add("size", size)}", cancellation);

    /// <summary>Candles of one interval (<c>1m 5m 15m 1h 1d</c>), oldest first.</summary>
    public Task<Page<CandleDto>> GetCandlesAsync(
        string symbol, string interval, DateTimeOffset? from = null, DateTimeOffset? to = null, int? size = null, CancellationToken cancellation = default) =>
        _transport.GetPageAsync<CandleDto>(
            $"market-data/{Escape(symbol)}/candles{new Query().Add("interval", interval).Add("from", from).Add("to", to).Add("size", size)}", cancellation);

    /// <summary>One page of the instruments and their rules.</summary>
    public Task<Page<InstrumentDto>> GetInstrumentsAsync(string? cursor = null, int? size = null, CancellationToken cancellation = default) =>
        _transport.GetPageAsync<InstrumentDto>($"instruments{new Query().Add("cursor", cursor).Add("size", size)}", cancellation);

    /// <summary>One instrument and its rules.</summary>
    public Task<InstrumentDto> GetInstrumentAsync(string symbol, CancellationToken cancellation = default) =>
        _transport.GetAsync<InstrumentDto>($"instruments/{Escape(symbol)}", cancellation);

    static string Escape(string symbol) => Uri.EscapeDataString(symbol);
}
