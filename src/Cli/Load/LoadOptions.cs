namespace MyTradeX.Cli.Load;

/// <summary>How hard and how long to press.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Connections">Requests under way at once, at most.</param>
/// <param name="Duration">How long it is measured.</param>
/// <param name="WarmUp">How long before that it runs unmeasured, so that neither side is measured while it still compiles itself.</param>
/// <param name="Fund">Whether to bring in paper money and shares first.</param>
/// <param name="RatePerSecond">
/// Open loop: orders are due at this rate whether or not earlier ones were answered, and latency counts from when an order was due.
/// Null is the closed loop: each connection sends its next order when the last one is answered.
/// </param>
internal sealed record LoadOptions(string Symbol, int Connections, TimeSpan Duration, TimeSpan WarmUp, bool Fund, double? RatePerSecond);
