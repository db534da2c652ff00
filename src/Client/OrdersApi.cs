using System.Runtime.CompilerServices;
using MyTradeX.Contracts.Trading;

namespace MyTradeX.Client;

/// <summary>
/// Orders. Every write takes an idempotency key and makes one when none is given, so that a retry after a broken connection never
/// places or changes twice. A program that must survive its own crash gives its own key or a client order id.
/// </summary>
public sealed class OrdersApi
{
    readonly ApiTransport _transport;

    internal OrdersApi(ApiTransport transport) => _transport = transport;

    /// <summary>Places an order. When this returns, the order is durable.</summary>
    public Task<ApiResult<OrderDto>> PlaceAsync(PlaceOrderRequest order, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _transport.WriteAsync<OrderDto>(HttpMethod.Post, "orders", order, idempotencyKey, cancellation);

    /// <summary>What placing an order would do now; places nothing.</summary>
    public Task<OrderPreviewDto> PreviewAsync(PlaceOrderRequest order, CancellationToken cancellation = default) =>
        _transport.QueryAsync<OrderPreviewDto>("orders/preview", order, cancellation);

    /// <summary>One order, with its fills.</summary>
    public Task<OrderDto> GetAsync(string orderId, long? minSequence = null, CancellationToken cancellation = default) =>
        _transport.GetAsync<OrderDto>($"orders/{Uri.EscapeDataString(orderId)}{new Query().Add("minSequence", minSequence)}", cancellation);

    /// <summary>One page of the caller's orders, newest first.</summary>
    public Task<Page<OrderDto>> ListAsync(OrderFilter? filter = null, string? cursor = null, int? size = null, CancellationToken cancellation = default)
    {
        filter ??= new();
        var query = new Query()
            .Add("status", filter.Status).Add("symbol", filter.Symbol).Add("side", filter.Side).Add("from", filter.From).Add("to", filter.To)
            .Add("minSequence", filter.MinSequence).Add("cursor", cursor).Add("size", size);
        return _transport.GetPageAsync<OrderDto>($"orders{query}", cancellation);
    }

    /// <summary>All of the caller's orders that pass the filter, newest first, page by page as they are read.</summary>
    public async IAsyncEnumerable<OrderDto> EnumerateAsync(OrderFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? cursor = "";
        while (cursor is not null)
        {
            var page = await ListAsync(filter, cursor, size: 100, cancellation);
            foreach (var order in page.Items) yield return order;
            cursor = page.NextCursor;
        }
    }

    /// <summary>Changes an open order.</summary>
    public Task<ApiResult<OrderDto>> AmendAsync(string orderId, AmendOrderRequest change, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _transport.WriteAsync<OrderDto>(HttpMethod.Put, $"orders/{Uri.EscapeDataString(orderId)}", change, idempotencyKey, cancellation);

    /// <summary>Cancels an open order.</summary>
    public Task<ApiResult<OrderDto>> CancelAsync(string orderId, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        _transport.WriteAsync<OrderDto>(HttpMethod.Delete, $"orders/{Uri.EscapeDataString(orderId)}", null, idempotencyKey, cancellation);

    /// <summary>Cancels the caller's open orders in one instrument, or all of them when the symbol is null.</summary>
    public Task<ApiResult<CancelOrdersDto>> CancelManyAsync(string? symbol = null, string? idempotencyKey = null, CancellationToken cancellation = default)
    {
        var query = symbol is null ? new Query().Add("all", "true") : new Query().Add("symbol", symbol);
        return _transport.WriteAsync<CancelOrdersDto>(HttpMethod.Delete, $"orders{query}", null, idempotencyKey, cancellation);
    }
}

/// <summary>Which orders to list.</summary>
public sealed record OrderFilter
{
    /// <summary>Only these.</summary>
    public OrderStatus? Status { get; init; }

    /// <summary>Only of this instrument.</summary>
    public string? Symbol { get; init; }

    /// <summary>Only of this side.</summary>
    public OrderSide? Side { get; init; }

    /// <summary>Placed at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Placed before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Wait until the answer includes this write.</summary>
    public long? MinSequence { get; init; }
}
