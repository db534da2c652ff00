using MyTradeX.Cli.Replay;

var report = LobsterReplay.Run(LobsterFiles.Locate(args[0]));
Console.WriteLine($"{report.EventCount} events, {report.EventsPerSecond:N0}/s, best {report.BestRowsEqual}/{report.BestRows}, depth {report.DepthRowsEqual}/{report.DepthRows} of {report.DepthLevels}, exec {report.ExecutionsHit}/{report.Executions} ({report.ExecutionsInOrderOfArrival}), opening {report.OpeningOrdersNamed}/{report.OpeningOrders} ok={report.Succeeded} {report.StateHash:x}");
foreach (var f in report.Findings) Console.WriteLine($"{f.Finding} x{f.Count} {string.Join(" | ", f.Examples)}");
return report.Succeeded ? 0 : 1;
