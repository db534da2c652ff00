using System.Text.Json;
using MyTradeX.Contracts.Wire;
using Xunit;

namespace MyTradeX.Server.Tests.Contracts;

public sealed class WritingNumbers
{
    static readonly JsonSerializerOptions Quantities = new() { Converters = { new QuantityConverter() } };

    [Theory]
    [InlineData("150", "150.00")]
    [InlineData("149.5", "149.50")]
    [InlineData("149.9900", "149.99")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("-0.1", "-0.10")]
    [InlineData("92233720368547758.07", "92233720368547758.07")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335.00")]
    public void prices_have_at_least_two_decimals_and_no_needless_ones(string value, string written) =>
        Assert.Equal(written, JsonSerializer.Serialize(decimal.Parse(value), WireJson.Options));

    [Theory]
    [InlineData("100", "100")]
    [InlineData("100.00", "100")]
    [InlineData("0.5", "0.5")]
    [InlineData("10.50", "10.5")]
    public void quantities_have_none_they_do_not_need(string value, string written) =>
        Assert.Equal(written, JsonSerializer.Serialize(decimal.Parse(value), Quantities));

    [Theory]
    [InlineData("150.00", "150.00")]
    [InlineData("\"150.00\"", "150.00")]
    [InlineData("1.5e2", "150")]
    [InlineData("-7", "-7")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    public void numbers_and_numeric_strings_are_read_exactly(string json, string value) =>
        Assert.Equal(decimal.Parse(value), JsonSerializer.Deserialize<decimal>(json, WireJson.Options));

    [Theory]
    [InlineData("1.00000000000000000000000000001")]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("1e-29")]
    [InlineData("1e400")]
    [InlineData("\"1,000.00\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"0x10\"")]
    [InlineData("true")]
    [InlineData("[1]")]
    public void what_cannot_be_exact_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<decimal>(json, WireJson.Options));
}
