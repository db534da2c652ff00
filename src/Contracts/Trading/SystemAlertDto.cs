namespace MyTradeX.Contracts.Trading;

/// <summary>Something that every user should know at once.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Message">In a sentence.</param>
/// <param name="Symbol">The instrument that it concerns; absent when it concerns none.</param>
/// <param name="Timestamp">UTC.</param>
public sealed record SystemAlertDto(SystemAlertKind Type, string Message, string? Symbol, DateTimeOffset Timestamp);

/// <summary>What an alert is about.</summary>
public enum SystemAlertKind
{
    /// <summary>An instrument was halted.</summary>
    MarketHalted,
    /// <summary>An instrument trades again.</summary>
    MarketResumed,
}
