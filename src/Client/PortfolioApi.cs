using MyTradeX.Contracts.Trading;

namespace MyTradeX.Client;

/// <summary>Positions and their worth.</summary>
public sealed class PortfolioApi
{
    readonly ApiTransport _transport;

    internal PortfolioApi(ApiTransport transport) => _transport = transport;

    /// <summary>One page of the caller's positions.</summary>
    public Task<Page<PositionDto>> GetPositionsAsync(string? cursor = null, int? size = null, CancellationToken cancellation = default) =>
        _transport.GetPageAsync<PositionDto>($"portfolio/positions{new Query().Add("cursor", cursor).Add("size", size)}", cancellation);

    /// <summary>All the caller has.</summary>
    public Task<PortfolioSummaryDto> GetSummaryAsync(CancellationToken cancellation = default) =>
        _transport.GetAsync<PortfolioSummaryDto>("portfolio/summary", cancellation);
}
