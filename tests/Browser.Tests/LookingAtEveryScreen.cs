using Xunit;

namespace MyTradeX.Browser.Tests;

/// <summary>Every screen, in both colours and on a phone: without complaints, accessible, and, where <c>SCREENSHOTS</c> names a folder, photographed.</summary>
public sealed class LookingAtEveryScreen(TerminalHost host)
{
    static readonly string _axe = Path.Combine(Repository(), "web", "node_modules", "axe-core", "axe.min.js");
    static readonly ViewportSize _phone = new() { Width = 360, Height = 740 };

    [Theory]
    [InlineData("trade", "/trade/AAPL", Visitor.Trader, "AAPL")]
    [InlineData("portfolio", "/portfolio", Visitor.Trader, "Portfolio")]
    [InlineData("accounts", "/accounts", Visitor.Trader, "Accounts")]
    [InlineData("transfers", "/transfers", Visitor.Trader, "Transfers")]
    [InlineData("alerts", "/alerts", Visitor.Trader, "Alerts")]
    [InlineData("profile", "/profile", Visitor.Trader, "Profile")]
    [InlineData("files", "/files", Visitor.Trader, "Files")]
    [InlineData("webhooks", "/webhooks", Visitor.Trader, "Webhooks")]
    [InlineData("admin-instruments", "/admin/instruments", Visitor.Administrator, "Admin")]
    [InlineData("admin-users", "/admin/users", Visitor.Administrator, "Admin")]
    [InlineData("admin-jobs", "/admin/jobs", Visitor.Administrator, "Admin")]
    [InlineData("admin-books", "/admin/books", Visitor.Administrator, "Admin")]
    public async Task it_is_whole_and_has_no_serious_fault_of_accessibility(string name, string path, string email, string heading)
    {
        foreach (var (form, size, colours) in new (string, ViewportSize?, ColorScheme)[] { ("dark", null, ColorScheme.Dark), ("light", null, ColorScheme.Light), ("phone", _phone, ColorScheme.Dark) })
        {
            await using var visitor = await host.VisitAsync(size, colours);
            await visitor.SignInAsync(path, email);
            var page = visitor.Page;
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading }).First).ToBeVisibleAsync();
            await Expect(page.GetByText("Loading…")).ToHaveCountAsync(0);

            var faults = await SeriousFaultsAsync(page);
            Assert.Empty(faults);
            var overhang = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overhang <= 0, $"{name} on {form} is {overhang} px wider than its window");
            if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{form}.png") });
            visitor.HasNothingToComplainAbout();
        }
    }

    static async Task<string[]> SeriousFaultsAsync(IPage page)
    {
        // As an evaluation and not as an element: the page's policy lets no foreign script in.
        await page.EvaluateAsync(await File.ReadAllTextAsync(_axe));
        return await page.EvaluateAsync<string[]>(
            """
            () => axe.run().then(({ violations }) => violations
              .filter(({ impact }) => impact === 'serious' || impact === 'critical')
              .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`))
            """);
    }

    static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MyTradeX.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The repository's root was not found.");
        return folder.FullName;
    }
}
