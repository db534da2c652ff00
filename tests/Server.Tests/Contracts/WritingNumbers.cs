using System.Globalization;
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

    [Fact]
    public void any_decimal_is_written_digit_for_digit()
    {
        const int seed = 20261121;
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var (low, middle, high) = (random.Next(), random.Next(), random.Next());
            var words = random.Next(4);
            var value = new decimal(words > 0 ? low : random.Next(1_000), words > 1 ? middle : 0, words > 2 ? high : 0, random.Next(2) == 0, (byte)random.Next(29));

            var digits = value.ToString(CultureInfo.InvariantCulture);
            var written = digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;
            Assert.True(written == JsonSerializer.Serialize(value, Quantities), $"{digits}, number {i} of seed {seed}, is written {JsonSerializer.Serialize(value, Quantities)}");
        }
    }

    [Theory]
    [InlineData("2024-01-15T10:30:00Z", "2024-01-15T10:30:00.000Z")]
    [InlineData("2024-12-31T23:59:59.9999999Z", "2024-12-31T23:59:59.999Z")]
    [InlineData("2024-01-15T10:30:00.5+02:00", "2024-01-15T08:30:00.500Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z")]
    public void instants_are_written_in_utc_to_the_millisecond_begun(string instant, string written) =>
        Assert.Equal($"\"{written}\"", JsonSerializer.Serialize(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), WireJson.Options));

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
