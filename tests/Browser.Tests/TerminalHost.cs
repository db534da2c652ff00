using Xunit;

[assembly: AssemblyFixture(typeof(MyTradeX.Browser.Tests.TerminalHost))]
// One browser and one venue for all: they would take the processor from each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace MyTradeX.Browser.Tests;

/// <summary>The real server with the demo market and the terminal that was built with it, and Debian's browser to look at it.</summary>
public sealed class TerminalHost : IAsyncLifetime
{
    static readonly string[] _browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-browser-");
    ServerProcess? _server;
    IPlaywright? _playwright;
    IBrowser? _browser;

    /// <summary>Why nothing can be tried here; null where all is there.</summary>
    public string? Missing { get; private set; }

    /// <summary>The address of the terminal, without a slash at its end.</summary>
    public string Address => _server!.Http.BaseAddress!.ToString().TrimEnd('/');

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(_browsers, File.Exists) is not { } program)
        {
            Missing = "There is no Chromium: apt-get install chromium";
            return;
        }
        _server = new ServerProcess(_folder.FullName, ["--demo", "true"]);
        await _server.StartAsync();
        if (!(await _server.Http.GetStringAsync("/")).Contains("id=\"root\"", StringComparison.Ordinal))
        {
            Missing = "The server was built without the terminal: it needs Node 20.19 and npm.";
            return;
        }
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox"] });
    }

    /// <summary>A browser's window of its own, with its own cookies.</summary>
    public async Task<Visitor> VisitAsync(ViewportSize? size = null, ColorScheme colours = ColorScheme.Dark)
    {
        Assert.SkipWhen(Missing is not null && Environment.GetEnvironmentVariable("CI") != "true", Missing ?? "");
        Assert.Null(Missing);
        var context = await _browser!.NewContextAsync(new() { BaseURL = Address, ViewportSize = size ?? new() { Width = 1440, Height = 900 }, ColorScheme = colours });
        context.SetDefaultTimeout(15_000);
        return new Visitor(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
