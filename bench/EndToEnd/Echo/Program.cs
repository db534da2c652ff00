using System.Text.Json.Serialization;

// The least that Kestrel can do with an order: read its JSON and write it back. No check, no log, no disk; what our server is measured against.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, EchoJson.Default));
var app = builder.Build();
app.MapPost("/echo", (EchoOrder order) => Results.Ok(order));
app.Run();

sealed record EchoOrder(string Symbol, string Side, string OrderType, decimal Price, long Quantity, string TimeInForce, string ClientOrderId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EchoOrder))]
sealed partial class EchoJson : JsonSerializerContext;
