using System.Text.Json.Serialization;
using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Trading;

namespace MyTradeX.Contracts.Wire;

/// <summary>Records whose serializers are generated at build time; the rest fall back to reflection, once per type.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Pagination))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(IReadOnlyList<User>))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(OrderDto))]
[JsonSerializable(typeof(IReadOnlyList<OrderDto>))]
[JsonSerializable(typeof(PlaceOrderRequest))]
[JsonSerializable(typeof(AmendOrderRequest))]
[JsonSerializable(typeof(MarketDataDto))]
[JsonSerializable(typeof(IReadOnlyList<MarketDataDto>))]
[JsonSerializable(typeof(MarketDataBatchRequest))]
[JsonSerializable(typeof(OrderBookDto))]
[JsonSerializable(typeof(OrderBookUpdateDto))]
[JsonSerializable(typeof(IReadOnlyList<TradeDto>))]
[JsonSerializable(typeof(IReadOnlyList<CandleDto>))]
[JsonSerializable(typeof(IReadOnlyList<PositionDto>))]
[JsonSerializable(typeof(PortfolioSummaryDto))]
[JsonSerializable(typeof(TransferDto))]
[JsonSerializable(typeof(TransferRequest))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(decimal))]
internal sealed partial class WireJsonContext : JsonSerializerContext;
