using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MyTradeX.Contracts.Wire;

/// <summary>
/// Prices and cash: written as JSON numbers with at least two decimals (<c>150.00</c>), read from numbers and numeric strings.
/// A number that a decimal cannot hold exactly is refused, never rounded.
/// </summary>
public class ExactDecimalConverter : JsonConverter<decimal>
{
    // 28 significant digits always fit a decimal; the 29th only sometimes.
    const int DigitsMax = 28;
    // The longest text that can be exact: sign, point and exponent beside the digits; leading zeros are not worth more.
    const int TextMax = 64;

    readonly int _decimalsMin;

    /// <summary>For prices and cash: at least two decimals.</summary>
    public ExactDecimalConverter() : this(2) { }

    /// <summary>With a minimum of written decimals, 0–28.</summary>
    protected ExactDecimalConverter(int decimalsMin) => _decimalsMin = decimalsMin;

    /// <inheritdoc/>
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
            throw new JsonException("must be a number");
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length > TextMax)
            throw new JsonException($"must have at most {DigitsMax} digits");
        Span<byte> text = stackalloc byte[TextMax];
        if (reader.HasValueSequence)
            reader.ValueSequence.CopyTo(text);
        else
            reader.ValueSpan.CopyTo(text);
        return Parse(text[..(int)length]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[TextMax];
        writer.WriteRawValue(text[..Format(value, _decimalsMin, text)], skipInputValidation: true);
    }

    static decimal Parse(ReadOnlySpan<byte> text)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var value))
            throw new JsonException("must be a number");
        int digits = 0, decimals = 0;
        bool significant = false, afterPoint = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is (byte)'e' or (byte)'E')
            {
                // The scale of the result is what the mantissa has, moved by the exponent.
                if (!int.TryParse(text[(i + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
                    || exponent is < -DigitsMax or > DigitsMax)
                    throw new JsonException($"must have at most {DigitsMax} digits");
                decimals -= exponent;
                break;
            }
            if (text[i] == (byte)'.')
            {
                afterPoint = true;
                continue;
            }
            if (!char.IsAsciiDigit((char)text[i]))
                continue;
            significant |= text[i] != (byte)'0';
            if (significant)
                digits++;
            if (afterPoint)
                decimals++;
        }
        if (digits > DigitsMax || (significant && decimals > DigitsMax))
            throw new JsonException($"must have at most {DigitsMax} digits");
        return value;
    }

    // The decimal's own text, trailing zeros and all. Up to 19 digits, which is nearly always, they are those of one whole number and need no decimal arithmetic.
    static int Digits(decimal value, Span<byte> text)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var (whole, scale) = ((ulong)(uint)bits[1] << 32 | (uint)bits[0], (bits[3] >> 16) & 0x1F);
        Span<byte> digits = stackalloc byte[20];
        if (bits[2] != 0 || !whole.TryFormat(digits, out var count, default, CultureInfo.InvariantCulture) || scale >= digits.Length)
        {
            return value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture)
                ? length : throw new InvalidOperationException("A decimal's text is at most 31 characters long.");
        }
        var at = 0;
        if (bits[3] < 0 && whole != 0)
            text[at++] = (byte)'-';
        var before = Math.Max(0, count - scale);
        if (before == 0)
            text[at++] = (byte)'0';
        digits[..before].CopyTo(text[at..]);
        at += before;
        if (scale == 0)
            return at;
        text[at++] = (byte)'.';
        var zeros = scale - (count - before);
        text.Slice(at, zeros).Fill((byte)'0');
        digits[before..count].CopyTo(text[(at + zeros)..]);
        return at + scale;
    }

    internal static int Format(decimal value, int decimalsMin, Span<byte> text)
    {
        var length = Digits(value, text);
        var point = text[..length].IndexOf((byte)'.');
        if (point < 0)
        {
            if (decimalsMin == 0)
                return length;
            point = length;
            text[length++] = (byte)'.';
        }
        while (length - point - 1 < decimalsMin)
            text[length++] = (byte)'0';
        while (length - point - 1 > decimalsMin && text[length - 1] == (byte)'0')
            length--;
        return length - point == 1 ? point : length;
    }
}

/// <summary>Quantities: as <see cref="ExactDecimalConverter"/>, but written without needless decimals (<c>100</c>).</summary>
public sealed class QuantityConverter : ExactDecimalConverter
{
    /// <summary>No minimum of decimals.</summary>
    public QuantityConverter() : base(0) { }
}
