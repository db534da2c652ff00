using System.Globalization;

namespace MyTradeX.Server.Platform.Identity;

/// <summary>Readable ids: a prefix that says what it is, and a number.</summary>
internal static class Ids
{
    public static string User(long id) => "user-" + id.ToString(CultureInfo.InvariantCulture);

    public static string Account(long id) => "account-" + id.ToString(CultureInfo.InvariantCulture);

    public static string Order(long id) => "order-" + id.ToString(CultureInfo.InvariantCulture);

    public static string Transfer(long id) => "transfer-" + id.ToString(CultureInfo.InvariantCulture);

    public static string File(long id) => "file-" + id.ToString(CultureInfo.InvariantCulture);

    public static string Trade(long id) => "trade-" + id.ToString(CultureInfo.InvariantCulture);

    public static string Job(long id) => "job-" + id.ToString(CultureInfo.InvariantCulture);

    public static string Webhook(long id) => "webhook-" + id.ToString(CultureInfo.InvariantCulture);

    public static string Delivery(long id) => "delivery-" + id.ToString(CultureInfo.InvariantCulture);

    public static string Position(long accountId, int instrumentId) =>
        string.Create(CultureInfo.InvariantCulture, $"position-{accountId}-{instrumentId}");

    /// <summary>Reads <c>prefix-12</c>; anything else names nothing.</summary>
    public static bool TryParse(string? id, string prefix, out long number)
    {
        number = 0;
        return id is not null && id.Length > prefix.Length + 1 && id.StartsWith(prefix, StringComparison.Ordinal) && id[prefix.Length] == '-'
            && id[prefix.Length + 1] != '0'
            && long.TryParse(id.AsSpan(prefix.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
