using System.Collections.Concurrent;
using Xunit;

namespace MyTradeX.Browser.Tests;

/// <summary>A page of a browser profile of its own that remembers whatever went wrong in it.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    readonly IBrowserContext _context;
    readonly ConcurrentQueue<string> _faults = [];
    volatile bool _expectsFailures;

    WatchedPage(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    public static async Task<WatchedPage> OpenAsync(IBrowser browser, string address, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Dark)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = address, ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce, Locale = "en-US", TimezoneId = "UTC" });
        var opened = new WatchedPage(context, await context.NewPageAsync());
        opened.Watch(opened.Page);
        return opened;
    }

    /// <summary>Another tab of the same profile.</summary>
    public async Task<IPage> OpenTabAsync()
    {
        var tab = await _context.NewPageAsync();
        Watch(tab);
        return tab;
    }

    /// <summary>From here on the network may fail, since the test has it fail.</summary>
    public void ExpectFailures() => _expectsFailures = true;

    /// <summary>From here on nothing may fail any more.</summary>
    public void ExpectNoFailures() => _expectsFailures = false;

    /// <summary>Nothing was logged as an error, thrown, refused or left unanswered.</summary>
    public void AssertQuiet() => Assert.Empty(_faults);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    void Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Note($"{message.Type}: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => Note($"thrown: {error}");
        page.RequestFailed += (_, request) =>
        {
            // Whoever leaves a page or follows something else gives its requests up.
            if (request.Failure != "net::ERR_ABORTED") Note($"failed: {request.Method} {request.Url}: {request.Failure}");
        };
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 400) Note($"refused: {answer.Status} {answer.Request.Method} {answer.Url}");
        };
    }

    void Note(string fault)
    {
        if (!_expectsFailures) _faults.Enqueue(fault);
    }
}
