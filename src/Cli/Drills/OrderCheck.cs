using System.Text.Json.Nodes;

namespace MyTradeX.Cli.Drills;

/// <summary>Holds an order as the server tells it now against the note of it.</summary>
internal static class OrderCheck
{
    static readonly string[] _fixedMembers = ["id", "symbol", "side", "orderType", "quantity", "timeInForce", "createdAt"];

    /// <summary>Nothing acknowledged may have changed back, and only what the note or the rules allow may have come on top.</summary>
    /// <param name="sent">The note; it must have been acknowledged.</param>
    /// <param name="now">The order as the server tells it.</param>
    public static void Compare(SentOrder sent, JsonNode now)
    {
        var acknowledged = sent.Acknowledged!;
        foreach (var member in _fixedMembers)
            BrokenPromiseException.UnlessSame($"{member} of {sent.Id}", acknowledged[member]!.ToJsonString(), now[member]!.ToJsonString());
        BrokenPromiseException.UnlessSame($"price of {sent.Id}", acknowledged["price"]?.ToJsonString(), now["price"]?.ToJsonString());

        var (before, filledBefore) = (Text(acknowledged, "status"), Number(acknowledged, "filledQuantity"));
        var (status, filled) = (Text(now, "status"), Number(now, "filledQuantity"));
        BrokenPromiseException.Unless(filled >= filledBefore, () => $"{sent.Id} had {filledBefore} filled and has {filled} now: it lost a fill");
        BrokenPromiseException.UnlessSame($"filled and remaining quantity of {sent.Id}", Number(now, "quantity"), filled + Number(now, "remainingQuantity"));
        BrokenPromiseException.Unless(status != "FILLED" || filled == Number(now, "quantity"), () => $"{sent.Id} is FILLED with {filled}");
        if (before is "FILLED" or "CANCELLED" or "EXPIRED") BrokenPromiseException.UnlessSame($"status of {sent.Id}", before, status);
        else if (sent.CancelAcknowledged) BrokenPromiseException.UnlessSame($"status of {sent.Id}, whose cancel was acknowledged,", "CANCELLED", status);
        else if (status is "CANCELLED") BrokenPromiseException.Unless(sent.CancelUnknown, () => $"{sent.Id} is cancelled, which nobody asked for");
        else if (status is "EXPIRED") CheckExpiry(sent, now);
    }

    /// <summary>The fills of one order add up to what it says of itself.</summary>
    public static void CompareFills(JsonNode order)
    {
        var fills = order["trades"]!.AsArray();
        var id = Text(order, "id");
        BrokenPromiseException.UnlessSame($"quantity of all fills of {id}", Number(order, "filledQuantity"), fills.Sum(fill => Number(fill!, "quantity")));
        BrokenPromiseException.UnlessSame($"fee of all fills of {id}", Number(order, "fees"), fills.Sum(fill => Number(fill!, "fee")));
        BrokenPromiseException.UnlessSame($"number of fills of {id}", fills.Count, fills.Select(fill => Text(fill!, "id")).Distinct().Count());
    }

    /// <summary>The end of the day that an order was accepted in. Drilled instruments trade around the clock, so days end at midnight.</summary>
    public static DateTimeOffset EndOfDay(DateTimeOffset accepted) => new(accepted.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    // What rests expires in one way only: a DAY order at its day's end.
    static void CheckExpiry(SentOrder sent, JsonNode now)
    {
        BrokenPromiseException.Unless(Text(now, "timeInForce") == "DAY", () => $"{sent.Id} expired, which a {Text(now, "timeInForce")} order that rests never does");
        BrokenPromiseException.UnlessSame($"reason of {sent.Id}", "SESSION_CLOSED", Text(now, "reason"));
        var expired = now["updatedAt"]!.GetValue<DateTimeOffset>();
        BrokenPromiseException.Unless(expired >= EndOfDay(sent.AcceptedAt), () => $"{sent.Id}, accepted at {sent.AcceptedAt:O}, expired at {expired:O}, before its day was over");
    }

    static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();

    static decimal Number(JsonNode node, string member) => node[member]!.GetValue<decimal>();
}
