using MyTradeX.Contracts;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Trading;
using Xunit;
using Wire = MyTradeX.Contracts.Trading;

namespace MyTradeX.Server.Tests.Trading;

public sealed class TranslatingForTheExchange
{
    public static TheoryData<RejectCode> Refusals => [.. Enum.GetValues<RejectCode>().Where(code => code != RejectCode.None)];

    [Theory, MemberData(nameof(Refusals))]
    public void every_refusal_of_the_exchange_has_a_code_and_a_sentence(RejectCode reject)
    {
        var result = new CommandResult { Code = reject, Field = CommandField.Quantity, Observed = 150_005, Limit = 100, Suggested = 150_000 };
        var instrument = new ListedInstrument(1, "AAPL", new(1, "USD", 6), 4, 0);
        var refusal = CommandRefusals.Explain(in result, new(instrument, instrument.Currency, "mine"));
        Assert.Contains(refusal.Code, ErrorCode.All);
        Assert.True(refusal.Code.HttpStatus < 500);
        Assert.EndsWith(".", refusal.Message);
        Assert.Equal("mine", refusal.Details!.ClientOrderId);
        // And without knowing what it was about.
        Assert.NotEmpty(CommandRefusals.Explain(in result, default).Message);
    }

    [Fact]
    public void every_field_of_the_exchange_has_a_name_on_the_wire_or_none()
    {
        foreach (var field in Enum.GetValues<CommandField>())
            Assert.NotEqual("", RejectCodes.FieldOf(field));
    }

    [Fact]
    public void the_wire_lists_the_exchanges_values_in_its_order()
    {
        Same<Side, Wire.OrderSide>();
        Same<OrderType, Wire.OrderType>();
        Same<TimeInForce, Wire.TimeInForce>();
        Same<SelfTradePrevention, Wire.SelfTradePrevention>();
        Same<OrderStatus, Wire.OrderStatus>();
        Same<OrderChange, Wire.OrderReason>();
        Same<PostingKind, Wire.TransactionType>();
        Assert.Equal(Enum.GetNames<AccountType>().Take(3), Enum.GetNames<Wire.AccountType>());

        static void Same<TCore, TWire>() where TCore : struct, Enum where TWire : struct, Enum
        {
            Assert.Equal(Enum.GetNames<TCore>(), Enum.GetNames<TWire>());
            Assert.Equal(Enum.GetValues<TCore>().Select(value => Convert.ToInt32(value) - 1), Enum.GetValues<TWire>().Select(value => Convert.ToInt32(value)));
        }
    }

    [Fact]
    public void an_off_tick_price_is_told_with_both_its_neighbours()
    {
        var instrument = new ListedInstrument(1, "AAPL", new(1, "USD", 6), 4, 0);
        var result = new CommandResult { Code = RejectCode.InvalidTickSize, Field = CommandField.Price, Observed = 1_000_050, Limit = 100, Suggested = 1_000_000 };
        var refusal = CommandRefusals.Explain(in result, new(instrument));
        Assert.Equal("price 100.005 is off AAPL's 0.01 tick; nearest are 100.00 and 100.01.", refusal.Message);
        Assert.Equal((100.005m, 0.01m, 100m), (refusal.Details!.Observed, refusal.Details.Limit, refusal.Details.Suggested));
    }

    [Theory]
    [InlineData("0", 4, 0)]
    [InlineData("150.00", 4, 1_500_000)]
    [InlineData("150.0000000", 4, 1_500_000)]
    [InlineData("-0.0001", 4, -1)]
    [InlineData("9223372036854775807", 0, long.MaxValue)]
    [InlineData("922337203685477.5807", 4, long.MaxValue)]
    public void a_decimal_that_fits_is_read_exactly_and_written_back(string text, int scale, long units)
    {
        var value = decimal.Parse(text);
        Assert.Equal(ScaleFit.Exact, Scaled.Read(value, scale, out var read));
        Assert.Equal(units, read);
        Assert.Equal(value, Scaled.ToDecimal(read, scale));
    }

    [Theory]
    [InlineData("150.00001", 4, (int)ScaleFit.TooFine)]
    [InlineData("0.0000000000000000000000000001", 4, (int)ScaleFit.TooFine)]
    [InlineData("922337203685477.5808", 4, (int)ScaleFit.TooLarge)]
    [InlineData("79228162514264337593543950335", 0, (int)ScaleFit.TooLarge)]
    [InlineData("-79228162514264337593543950335", 8, (int)ScaleFit.TooLarge)]
    public void one_that_does_not_is_told_and_never_rounded(string text, int scale, int fit) =>
        Assert.Equal((ScaleFit)fit, Scaled.Read(decimal.Parse(text), scale, out _));
}
