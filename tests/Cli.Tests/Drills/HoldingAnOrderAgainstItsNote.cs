using System.Text.Json.Nodes;
using MyTradeX.Cli.Drills;
using Xunit;

namespace MyTradeX.Cli.Tests.Drills;

public sealed class HoldingAnOrderAgainstItsNote
{
    [Theory]
    [InlineData("NEW 0 GTC", "NEW 0", null)]
    [InlineData("NEW 0 GTC", "PARTIAL 4", null)]
    [InlineData("NEW 0 GTC", "FILLED 10", null)]
    [InlineData("PARTIAL 4 GTC", "PARTIAL 3", "lost a fill")]
    [InlineData("FILLED 10 GTC", "PARTIAL 10", "should be FILLED")]
    [InlineData("NEW 0 GTC", "FILLED 9", "is FILLED with 9")]
    [InlineData("EXPIRED 4 IOC", "EXPIRED 4", null)]
    [InlineData("EXPIRED 4 IOC", "NEW 4", "should be EXPIRED")]
    [InlineData("NEW 0 GTC", "CANCELLED 0", "which nobody asked for")]
    [InlineData("NEW 0 GTC cancel-unknown", "CANCELLED 0", null)]
    [InlineData("NEW 0 GTC cancel-unknown", "NEW 0", null)]
    [InlineData("NEW 0 GTC cancel-acknowledged", "CANCELLED 0", null)]
    [InlineData("NEW 0 GTC cancel-acknowledged", "NEW 0", "should be CANCELLED")]
    [InlineData("NEW 0 GTC", "EXPIRED 0 2026-03-03T00:00:00Z", "never does")]
    [InlineData("NEW 0 DAY", "EXPIRED 0 2026-03-03T00:00:00Z", null)]
    [InlineData("NEW 0 DAY", "EXPIRED 0 2026-03-02T23:59:59Z", "before its day was over")]
    public void allows_what_the_rules_allow_and_nothing_else(string noted, string now, string? finding)
    {
        var (before, after) = (noted.Split(' '), now.Split(' '));
        var order = new SentOrder("mine-1", [], null) { Acknowledged = Order(before[0], int.Parse(before[1]), before[2]), CancelUnknown = noted.EndsWith("cancel-unknown"), CancelAcknowledged = noted.EndsWith("cancel-acknowledged") };

        Check(finding, () => OrderCheck.Compare(order, Order(after[0], int.Parse(after[1]), before[2], after.ElementAtOrDefault(2))));
    }

    [Theory]
    [InlineData("id", "order-8")]
    [InlineData("price", "100.02")]
    [InlineData("side", "SELL")]
    [InlineData("createdAt", "2026-03-02T12:00:00.001Z")]
    public void takes_no_change_of_what_never_changes(string member, string value)
    {
        var order = new SentOrder("mine-1", [], null) { Acknowledged = Order("NEW", 0, "GTC") };
        var now = Order("NEW", 0, "GTC");
        now[member] = value;

        Check(member, () => OrderCheck.Compare(order, now));
    }

    [Theory]
    [InlineData("4 0.01, 6 0.02", null)]
    [InlineData("4 0.01, 5 0.02", "quantity of all fills of order-7 is 9; it should be 10")]
    [InlineData("4 0.01, 6 0.01", "fee of all fills of order-7 is 0.02; it should be 0.03")]
    public void adds_up_its_fills(string fills, string? finding)
    {
        var order = Order("FILLED", 10, "GTC");
        order["fees"] = 0.03m;
        order["trades"] = new JsonArray([.. fills.Split(", ").Select((fill, i) => (JsonNode)new JsonObject
        {
            ["id"] = $"trade-{i}",
            ["quantity"] = decimal.Parse(fill.Split(' ')[0]),
            ["fee"] = decimal.Parse(fill.Split(' ')[1]),
        })]);

        Check(finding, () => OrderCheck.CompareFills(order));
    }

    static void Check(string? finding, Action compare)
    {
        if (finding is null) compare();
        else Assert.Contains(finding, Assert.Throws<BrokenPromiseException>(compare).Message);
    }

    static JsonNode Order(string status, int filled, string timeInForce, string? updated = null) => JsonNode.Parse($$"""
        { "id": "order-7", "symbol": "TEST", "side": "BUY", "orderType": "LIMIT", "quantity": 10, "price": 100.01, "timeInForce": "{{timeInForce}}", "status": "{{status}}",
          "filledQuantity": {{filled}}, "remainingQuantity": {{10 - filled}}, "reason": "SESSION_CLOSED", "createdAt": "2026-03-02T12:00:00Z", "updatedAt": "{{updated ?? "2026-03-02T12:00:01Z"}}" }
        """)!;
}
