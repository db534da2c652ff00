namespace MyTradeX.Bench.Terminal;

/// <summary>The ladder of a book that changes sixty times a second: how long its frames are.</summary>
static class MovingLadder
{
    const int ChangesPerSecond = 60;
    static readonly TimeSpan _settling = TimeSpan.FromSeconds(5);

    public static async Task MeasureAsync(IBrowser browser, string address, Market market, TimeSpan time)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = address, ViewportSize = new() { Width = 1440, Height = 900 } });
        await context.APIRequest.PostAsync("/api/v1/auth/login", new() { DataObject = new { email = "user@example.com", password = "password123", mode = "cookie" } });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/trade/{Market.Symbol}");
        await page.GetByRole(AriaRole.Table, new() { NameString = $"Order book of {Market.Symbol}" }).WaitForAsync();
        using var stop = new CancellationTokenSource();
        var moving = market.MoveAsync(ChangesPerSecond, stop.Token);
        await Task.Delay(_settling);
        // In time of the processor: what else the machine did meanwhile is not the page's.
        var cdp = await context.NewCDPSessionAsync(page);
        await cdp.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        await using var trace = await Trace.BeginAsync(browser);
        var before = await ProcessorSecondsAsync(cdp);
        var seen = await page.EvaluateAsync<Frames>(
            """
            (milliseconds) => new Promise((done) => {
              const times = [], late = [], long = [], busy = [];
              let paints = 0;
              let isChanged = false;
              new MutationObserver(() => (isChanged = true)).observe(document.querySelector('[role=table][aria-label^="Order book"]'), { subtree: true, childList: true, characterData: true, attributes: true });
              new PerformanceObserver((list) => list.getEntries().forEach((entry) => long.push(entry.duration))).observe({ type: 'longtask' });
              new PerformanceObserver((list) => busy.push(...list.getEntries())).observe({ type: 'long-animation-frame' });
              // What the page itself did in a gap between two frames; where it did nothing, the browser painted, or the machine was elsewhere.
              const told = ({ from, to }) => {
                const within = busy.filter(({ startTime, duration }) => startTime < to && startTime + duration > from);
                const words = within.map(({ startTime, duration, renderStart, styleAndLayoutStart, scripts }) =>
                  `work ${duration.toFixed(0)} ms, of it rendering ${(renderStart ? startTime + duration - renderStart : 0).toFixed(0)}, layout ${(styleAndLayoutStart ? startTime + duration - styleAndLayoutStart : 0).toFixed(0)}, ` +
                  `scripts ${scripts.map((script) => `${script.invoker} ${script.duration.toFixed(0)}`).join(', ') || 'none'}`);
                return `${(to - from).toFixed(0)} ms after ${((to - began) / 1000).toFixed(1)} s: ${words.join('; ') || 'the page did nothing'}`;
              };
              const began = performance.now();
              let last = began;
              const frame = (now) => {
                times.push(now - last);
                if (now - last > 50) late.push({ from: last, to: now });
                last = now;
                if (isChanged) paints++;
                isChanged = false;
                if (now - began < milliseconds) requestAnimationFrame(frame);
                else {
                  times.sort((a, b) => a - b);
                  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))];
                  done({ count: times.length, paints, p50: at(0.5), p99: at(0.99), longest: times.at(-1), over: times.filter((time) => time > 50).length, longTasks: long.length, longestTask: Math.max(0, ...long), late: late.map(told) });
                }
              };
              requestAnimationFrame(frame);
            })
            """, time.TotalMilliseconds);
        var taken = await ProcessorSecondsAsync(cdp) - before;
        await stop.CancelAsync();
        var changes = await moving;
        Console.WriteLine(
            $"ladder: {changes / (time + _settling).TotalSeconds:N0} changes a second, {seen.Paints / time.TotalSeconds:N0} of them painted; {seen.Count} frames, p50 {seen.P50:N1} ms, p99 {seen.P99:N1} ms, longest {seen.Longest:N1} ms, {seen.Over} over 50 ms; "
            + $"{seen.LongTasks} tasks of script over 50 ms, longest {seen.LongestTask:N0} ms; the page's thread took {taken / seen.Count * 1_000:N1} ms of processor a frame");
        foreach (var frame in seen.Late) Console.WriteLine($"  a frame of {frame}");
    }

    static async Task<double> ProcessorSecondsAsync(ICDPSession cdp) =>
        (await cdp.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray().First(metric => metric.GetProperty("name").GetString() == "TaskDuration").GetProperty("value").GetDouble();

    sealed record Frames
    {
        public int Count { get; init; }

        public int Paints { get; init; }

        public double P50 { get; init; }

        public double P99 { get; init; }

        public double Longest { get; init; }

        public int Over { get; init; }

        public int LongTasks { get; init; }

        public double LongestTask { get; init; }

        public string[] Late { get; init; } = [];
    }
}
