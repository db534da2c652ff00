namespace MyTradeX.Core;

/// <summary>The exchange found itself in a state that its rules exclude. The journal's last command is the bug report.</summary>
public sealed class InvariantBrokenException(string rule) : Exception($"Invariant broken: {rule}");
