namespace MyTradeX.Server.Platform.Data;

/// <summary>The store's time: microseconds since 1970-01-01 UTC.</summary>
internal static class Micros
{
    public static long Now(TimeProvider clock) => From(clock.GetUtcNow());

    public static long From(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToInstant(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset? ToInstant(long? micros) => micros is { } given ? ToInstant(given) : null;
}
