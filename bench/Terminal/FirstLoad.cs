using System.Collections.Concurrent;

namespace MyTradeX.Bench.Terminal;

/// <summary>From typing the trading screen's address, signed in and with nothing kept by the browser, to a book, a chart and a ticket that takes keys.</summary>
static class FirstLoad
{
    const int Loads = 9;

    public static async Task MeasureAsync(IBrowser browser, string address)
    {
        var (interactive, bytes) = (new List<double>(), 0);
        for (var load = 0; load < Loads; load++)
        {
            // Without the service worker: what it fetches is not counted, and on a first load it only comes later.
            await using var context = await browser.NewContextAsync(new() { BaseURL = address, ViewportSize = new() { Width = 1440, Height = 900 }, ServiceWorkers = ServiceWorkerPolicy.Block });
            // Signed in by the API alone, so that the app itself has not been loaded.
            await context.APIRequest.PostAsync("/api/v1/auth/login", new() { DataObject = new { email = "user@example.com", password = "password123", mode = "cookie" } });
            var page = await context.NewPageAsync();
            var scripts = new ConcurrentBag<Task<int>>();
            page.RequestFinished += (_, request) =>
            {
                if (request.ResourceType == "script") scripts.Add(SizeAsync(request));
            };
            await page.GotoAsync($"/trade/{Market.Symbol}", new() { WaitUntil = WaitUntilState.Commit });
            // Counted by the browser, from its first request on.
            interactive.Add(await page.EvaluateAsync<double>(
                """
                () => new Promise((done) => {
                  const look = () => {
                    const rows = document.querySelectorAll('[role=table][aria-label^="Order book"] [role=row]').length;
                    const ticket = document.querySelector('form input');
                    if (rows > 10 && ticket && !ticket.disabled && document.querySelector('canvas')) setTimeout(() => done(performance.now()), 0);
                    else requestAnimationFrame(look);
                  };
                  look();
                })
                """));
            await page.WaitForLoadStateAsync(LoadState.Load);
            bytes = (await Task.WhenAll(scripts)).Sum();
        }
        interactive.Sort();
        Console.WriteLine($"first load of the trading screen: {bytes:N0} bytes of script, compressed; a book, a chart and a ticket after {interactive[Loads / 2]:N0} ms (median of {Loads}; {interactive[0]:N0} to {interactive[^1]:N0})");
    }

    static async Task<int> SizeAsync(IRequest request) => (await request.SizesAsync()).ResponseBodySize;
}
