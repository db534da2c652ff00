using System.Text.Json;
using System.Text.Json.Serialization;
using MyTradeX.Contracts.Trading;

namespace MyTradeX.Contracts.Wire;

/// <summary>Book levels as pairs: <c>[price, quantity]</c>.</summary>
public sealed class BookLevelConverter : JsonConverter<BookLevelDto>
{
    static readonly ExactDecimalConverter _price = new();
    static readonly QuantityConverter _quantity = new();

    /// <inheritdoc/>
    public override BookLevelDto Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("must be [price, quantity]");
        reader.Read();
        var price = _price.Read(ref reader, typeof(decimal), options);
        reader.Read();
        var quantity = _quantity.Read(ref reader, typeof(decimal), options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.EndArray) throw new JsonException("must be [price, quantity]");
        return new(price, quantity);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, BookLevelDto value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        _price.Write(writer, value.Price, options);
        _quantity.Write(writer, value.Quantity, options);
        writer.WriteEndArray();
    }
}
