using Xunit;

[assembly: AssemblyFixture(typeof(MyTradeX.Browser.Tests.Chromium))]

namespace MyTradeX.Browser.Tests;

/// <summary>The machine's own browser, started once for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    static readonly string[] _places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    IPlaywright? _playwright;
    IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(_places, File.Exists) is not { } program) return;
        _playwright = await Playwright.CreateAsync();
        // Chromium refuses to sandbox itself for root, which tests in containers are.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    /// <summary>The browser; skips the test where there is none, and fails it where everything must run.</summary>
    public IBrowser Require()
    {
        if (_browser is not null) return _browser;
        const string missing = "Chromium is missing (Debian: apt-get install chromium)";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
        Assert.Skip(missing);
        throw new InvalidOperationException(missing);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
