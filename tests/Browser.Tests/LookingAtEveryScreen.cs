using Xunit;

namespace MyTradeX.Browser.Tests;

/// <summary>Every screen, in both colours and on a phone: without complaints, accessible, and, where <c>SCREENSHOTS</c> names a folder, photographed.</summary>
public sealed class LookingAtEveryScreen(Terminal terminal, Chromium chromium)
{
    static readonly string _axe = Path.Combine(Repository(), "tests", "Browser.Tests", "node", "node_modules", "axe-core", "axe.min.js");

    [Theory]
    [InlineData("trade", "/trade/AAPL", "TRADER", "AAPL")]
    [InlineData("portfolio", "/portfolio", "TRADER", "Portfolio")]
    [InlineData("accounts", "/accounts", "TRADER", "Accounts")]
    [InlineData("transfers", "/transfers", "TRADER", "Transfers")]
    [InlineData("alerts", "/alerts", "TRADER", "Alerts")]
    [InlineData("profile", "/profile", "TRADER", "Profile")]
    [InlineData("files", "/files", "TRADER", "Files")]
    [InlineData("webhooks", "/webhooks", "TRADER", "Webhooks")]
    [InlineData("admin-instruments", "/admin/instruments", "ADMIN", "Admin")]
    [InlineData("admin-users", "/admin/users", "ADMIN", "Admin")]
    [InlineData("admin-jobs", "/admin/jobs", "ADMIN", "Admin")]
    [InlineData("admin-books", "/admin/books", "ADMIN", "Admin")]
    public async Task it_is_whole_and_has_no_serious_fault_of_accessibility(string name, string path, string role, string heading)
    {
        if (!File.Exists(_axe) && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip("axe is missing: npm ci --prefix tests/Browser.Tests/node");
        foreach (var (form, width, height, colours) in new (string, int, int, ColorScheme)[] { ("dark", 1440, 900, ColorScheme.Dark), ("light", 1440, 900, ColorScheme.Light), ("phone", 360, 740, ColorScheme.Dark) })
        {
            await using var visitor = await Visitor.OpenAsync(terminal, chromium, path, role, width, height, colours, role == "ADMIN" ? "Grace Hopper" : "Ada Lovelace", user => role == "ADMIN" ? Task.CompletedTask : LivedIn.FillAsync(terminal, user));
            var page = visitor.Page;
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading }).First).ToBeVisibleAsync();
            await Expect(page.GetByText("Loading…")).ToHaveCountAsync(0);

            var faults = await SeriousFaultsAsync(page);
            Assert.Empty(faults);
            var overhang = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overhang <= 0, $"{name} on {form} is {overhang} px wider than its window");
            if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            {
                // Out of the picture, where nothing shows that it is pointed at.
                await page.Mouse.MoveAsync(0, 0);
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{form}.png") });
            }
            visitor.AssertQuiet();
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
