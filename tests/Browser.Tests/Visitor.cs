using System.Text.RegularExpressions;

namespace MyTradeX.Browser.Tests;

/// <summary>Somebody at the terminal: a user of their own, in a browser profile of their own.</summary>
public sealed partial class Visitor : IAsyncDisposable
{
    const float WithinMs = 15_000;

    readonly WatchedPage _watched;
    readonly TestUser _user;

    Visitor(WatchedPage watched, TestUser user) => (_watched, _user) = (watched, user);

    public IPage Page => _watched.Page;

    /// <summary>Who it is.</summary>
    public TestUser User => _user;

    /// <summary>A new user who has opened a screen and signed in there; skips the test where there is no browser or no app.</summary>
    public static async Task<Visitor> OpenAsync(Terminal terminal, Chromium chromium, string path, string role = "TRADER", int width = 1440, int height = 900, ColorScheme colours = ColorScheme.Dark, string? name = null, Func<TestUser, Task>? before = null)
    {
        chromium.Require();
        await terminal.RequireAppAsync();
        var user = await terminal.OpenAsync(role, name: name);
        if (before is not null) await before(user);
        return await OpenAsync(terminal, chromium, path, user, width, height, colours);
    }

    /// <summary>A user who is there already.</summary>
    public static async Task<Visitor> OpenAsync(Terminal terminal, Chromium chromium, string path, TestUser user, int width = 1440, int height = 900, ColorScheme colours = ColorScheme.Dark)
    {
        var browser = chromium.Require();
        await terminal.RequireAppAsync();
        var visitor = new Visitor(await WatchedPage.OpenAsync(browser, terminal.Address, width, height, colours), user);
        visitor.Page.SetDefaultTimeout(WithinMs);
        await visitor.SignInAsync(path);
        return visitor;
    }

    /// <summary>Another tab of the same profile.</summary>
    public Task<IPage> OpenTabAsync() => _watched.OpenTabAsync();

    /// <summary>Goes to a screen through the door.</summary>
    public async Task SignInAsync(string path)
    {
        await Page.GotoAsync(path);
        await Page.GetByLabel("Email").FillAsync(_user.Email);
        await Page.GetByLabel("Password").FillAsync(Terminal.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await IsLiveAsync();
        // The frame is there before the screen in it, which is fetched when it is gone to.
        await Expect(Page.GetByText("Loading…")).ToHaveCountAsync(0);
    }

    /// <summary>Waits until what is shown is live.</summary>
    public Task IsLiveAsync(float withinMs = WithinMs) => IsLiveAsync(Page, withinMs);

    /// <summary>Waits until what a page shows is live.</summary>
    public static Task IsLiveAsync(IPage page, float withinMs = WithinMs) => Expect(page.GetByText(Live())).ToBeVisibleAsync(new() { Timeout = withinMs });

    /// <summary>Waits until the book of the market that is looked at is there.</summary>
    public Task SeesBookAsync(string symbol) =>
        Expect(Page.GetByRole(AriaRole.Table, new() { Name = $"Order book of {symbol}" }).GetByLabel("Bids").GetByRole(AriaRole.Cell).First).Not.ToBeEmptyAsync(new() { Timeout = WithinMs });

    /// <summary>Pulls the cable; what fails from here on is meant to.</summary>
    public Task GoOfflineAsync()
    {
        _watched.ExpectFailures();
        return _watched.Context.SetOfflineAsync(true);
    }

    /// <summary>Puts the cable back.</summary>
    public Task ComeBackAsync() => _watched.Context.SetOfflineAsync(false);

    /// <summary>What the server does from here on is meant to fail.</summary>
    public void ExpectFailures() => _watched.ExpectFailures();

    /// <summary>Nothing was logged as an error, thrown, refused or left unanswered.</summary>
    public void AssertQuiet() => _watched.AssertQuiet();

    public ValueTask DisposeAsync() => _watched.DisposeAsync();

    [GeneratedRegex("Live$")]
    private static partial Regex Live();
}
