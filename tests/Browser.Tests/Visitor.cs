using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Xunit;

namespace MyTradeX.Browser.Tests;

/// <summary>Somebody at a browser, and everything that the browser complained about meanwhile.</summary>
public sealed partial class Visitor : IAsyncDisposable
{
    public const string Trader = "user@example.com";
    public const string Administrator = "admin@example.com";

    readonly IBrowserContext _context;
    readonly ConcurrentQueue<string> _complaints = [];

    public Visitor(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        Watch(page);
    }

    public IPage Page { get; }

    /// <summary>Another tab of the same browser.</summary>
    public async Task<IPage> AnotherTabAsync()
    {
        var tab = await _context.NewPageAsync();
        Watch(tab);
        return tab;
    }

    /// <summary>Goes to a screen through the door, as one of those whom everyone knows in Development.</summary>
    public async Task SignInAsync(string path, string email = Trader)
    {
        await Page.GotoAsync(path);
        await Page.GetByRole(AriaRole.Button, new() { Name = email }).ClickAsync();
        await IsLiveAsync();
    }

    /// <summary>Waits until what is shown is live.</summary>
    public Task IsLiveAsync(float within = 15_000) => Expect(Page.GetByText(Live())).ToBeVisibleAsync(new() { Timeout = within });

    public Task GoOfflineAsync() => _context.SetOfflineAsync(true);

    public Task ComeBackAsync() => _context.SetOfflineAsync(false);

    /// <summary>Forgets complaints so far, for those that were meant.</summary>
    public void Forgive() => _complaints.Clear();

    /// <summary>No error in the console, no answer that is a failure, no request that failed.</summary>
    public void HasNothingToComplainAbout() => Assert.Empty(_complaints);

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    void Watch(IPage page)
    {
        page.Console += (_, message) => Complain(message.Type is "error" or "warning", $"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => Complain(true, $"uncaught: {error}");
        page.Response += (_, answer) => Complain(answer.Status >= 400, $"{answer.Status} {answer.Request.Method} {answer.Url}");
        // What the page itself gave up, since it no longer needs the answer, has not failed.
        page.RequestFailed += (_, request) => Complain(request.Failure != "net::ERR_ABORTED", $"{request.Failure}: {request.Method} {request.Url}");
    }

    void Complain(bool really, string text)
    {
        if (really)
            _complaints.Enqueue(text);
    }

    [GeneratedRegex("Live$")]
    private static partial Regex Live();
}
