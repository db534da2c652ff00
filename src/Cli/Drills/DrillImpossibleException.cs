namespace MyTradeX.Cli.Drills;

/// <summary>This machine lacks what a drill needs. The message says what, and nothing was done.</summary>
internal sealed class DrillImpossibleException(string message) : Exception(message);
