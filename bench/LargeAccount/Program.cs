using System.Diagnostics;
using System.Globalization;
using MyTradeX.Bench.LargeAccount;

// What a large account costs its owner and the server: its pages, its exports, its statement. bench/README.md tells how to run it and what it showed.
// The server runs on processor 0, the load on processor 1; SQL is where ConnectionStrings__Store says, SQLite unless told otherwise.
if (args is [RunningServer.Serve, .. var rest])
    return await WatchedServer.RunAsync(rest);

#pragma warning disable CA1416 // Linux, as the rest of it.
Process.GetCurrentProcess().ProcessorAffinity = 2;
#pragma warning restore CA1416
var lines = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
var page = args.Length > 1 ? args[1] : null;

using var server = await RunningServer.StartAsync();
var owner = await Owner.OpenAsync(server);
var accounts = new List<FilledAccount>();
foreach (var length in (int[])[lines / 100, lines / 10, lines])
    accounts.Add(await owner.FillAsync(length));

await Pages.MeasureAsync(server, owner, accounts[^1]);
foreach (var account in accounts)
    await Statement.CheckAsync(server, owner, account, account == accounts[1] ? page : null);
await Exports.MeasureAsync(server, owner, accounts);
return 0;
