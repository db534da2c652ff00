using System.Reflection;
using MyTradeX.Contracts;
using Xunit;

namespace MyTradeX.Server.Tests.Contracts;

public sealed class ListingErrorCodes
{
    [Fact]
    public void holds_every_declared_code_once_in_order_of_precedence()
    {
        var declared = typeof(ErrorCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (ErrorCode)field.GetValue(null)!);
        Assert.Equal(declared, ErrorCode.All);
        Assert.Equal(Enumerable.Range(0, ErrorCode.All.Count), ErrorCode.All.Select(code => code.Precedence));
        Assert.Equal(ErrorCode.All.Count, ErrorCode.All.Select(code => code.Name).Distinct().Count());
    }

    [Fact]
    public void names_them_as_they_are_declared() =>
        Assert.All(typeof(ErrorCode).GetFields(BindingFlags.Public | BindingFlags.Static), field =>
            Assert.Equal(System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(field.Name), ((ErrorCode)field.GetValue(null)!).Name));

    [Fact]
    public void finds_them_by_name() => Assert.Same(ErrorCode.InsufficientFunds, ErrorCode.Find("INSUFFICIENT_FUNDS"));
}
