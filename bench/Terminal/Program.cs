using System.Globalization;
using MyTradeX.Bench.Terminal;

// What the terminal asks of a browser: how much it loads, how soon one can trade, and whether the ladder keeps up. bench/README.md tells how to run it and what it showed.
var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
var folder = Directory.CreateTempSubdirectory("mytradex-terminal-");
try
{
    await using var server = new ServerProcess(Path.Combine(folder.FullName, "data"), ["--demo", "false"]);
    await server.StartAsync();
    var market = await Market.OpenAsync(server);
    using var playwright = await Playwright.CreateAsync();
    await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Array.Find(["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"], File.Exists) ?? throw new FileNotFoundException("There is no Chromium: apt-get install chromium"), Args = ["--no-sandbox"] });
    var address = server.Http.BaseAddress!.ToString().TrimEnd('/');
    await FirstLoad.MeasureAsync(browser, address);
    await MovingLadder.MeasureAsync(browser, address, market, TimeSpan.FromSeconds(seconds));
}
finally
{
    folder.Delete(recursive: true);
}
