using Xunit;

namespace MyTradeX.Browser.Tests;

/// <summary>From the door by a mailed link to a new password.</summary>
public sealed class ForgettingThePassword(Terminal terminal, Chromium chromium)
{
    const string NewPassword = "another long Passw0rd";
    const int LooksMax = 100;

    [Fact]
    public async Task the_mailed_link_sets_a_new_one_that_opens_the_door()
    {
        var browser = chromium.Require();
        await terminal.RequireAppAsync();
        var user = await terminal.OpenAsync();
        await using var watched = await WatchedPage.OpenAsync(browser, terminal.Address);
        var page = watched.Page;
        await page.GotoAsync("/trade/AAPL");
        await page.GetByRole(AriaRole.Button, new() { Name = "Forgot password?" }).ClickAsync();
        await page.GetByLabel("Email").FillAsync(user.Email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the link" }).ClickAsync();
        await Expect(page.GetByText("a mail with a link is on its way")).ToBeVisibleAsync();

        // Mail goes out behind the answer.
        var row = page.GetByRole(AriaRole.Row, new() { Name = user.Email }).Filter(new() { HasText = "password" });
        await page.GotoAsync("/dev/mailbox");
        for (var look = 0; look < LooksMax && await row.CountAsync() == 0; look++) await page.ReloadAsync();
        await row.GetByRole(AriaRole.Link).ClickAsync();
        var mail = await page.Locator("pre").InnerTextAsync();
        var link = new Uri(Array.Find(mail.Split((char[]?)null), word => word.Contains("reset-password.html#", StringComparison.Ordinal))!);

        // The server cannot know by which address this test reaches it.
        await page.GotoAsync(link.PathAndQuery + link.Fragment);
        await page.GetByLabel("New password, at least").FillAsync(NewPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await Expect(page.Locator("#done")).ToBeVisibleAsync();

        await page.GotoAsync("/trade/AAPL");
        await page.GetByLabel("Email").FillAsync(user.Email);
        await page.GetByLabel("Password").FillAsync(NewPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Visitor.IsLiveAsync(page);
        watched.AssertQuiet();
    }
}
