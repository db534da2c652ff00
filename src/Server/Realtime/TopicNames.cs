using System.Globalization;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Realtime;

/// <summary>Reads what a request wants to follow, and from where on.</summary>
internal static class TopicNames
{
    /// <summary>Topics separated by commas or given repeatedly.</summary>
    /// <exception cref="ApiException"><c>VALIDATION_ERROR</c> when there is none.</exception>
    public static string[] From(HttpRequest request)
    {
        var names = request.Query["topics"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 ? names : throw new ApiException(Refusal.Field("topics", "must name at least one topic, for example market:AAPL,orders"));
    }

    /// <summary>A cursor that an event carried; null when absent.</summary>
    /// <exception cref="ApiException"><c>VALIDATION_ERROR</c> when it is none.</exception>
    public static long? Cursor(string? text, string field) =>
        string.IsNullOrEmpty(text) ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id
        : throw new ApiException(Refusal.Field(field, "must be the cursor of the last event received"));
}
