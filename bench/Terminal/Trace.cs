using System.Text;

namespace MyTradeX.Bench.Terminal;

/// <summary>The browser's own record of what its threads did, for Perfetto or the browser's developer tools to open.</summary>
sealed class Trace : IAsyncDisposable
{
    const int PieceBytes = 1 << 20;

    readonly ICDPSession _session;
    readonly string _file;

    Trace(ICDPSession session, string file) => (_session, _file) = (session, file);

    /// <summary>Begins one where <c>TRACE</c> names a file; recording costs time of its own, so that figures are taken without.</summary>
    public static async Task<Trace?> BeginAsync(IBrowser browser)
    {
        if (Environment.GetEnvironmentVariable("TRACE") is not { Length: > 0 } file) return null;
        var session = await browser.NewBrowserCDPSessionAsync();
        await session.SendAsync("Tracing.start", new()
        {
            ["transferMode"] = "ReturnAsStream",
            ["traceConfig"] = new Dictionary<string, object> { ["includedCategories"] = (string[])["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel", "cc", "viz", "v8", "blink.user_timing"] },
        });
        return new(session, file);
    }

    /// <summary>Ends it and writes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        var complete = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _session.Event("Tracing.tracingComplete").OnEvent += (_, told) => complete.TrySetResult(told!.Value.GetProperty("stream").GetString()!);
        await _session.SendAsync("Tracing.end");
        var stream = await complete.Task;
        await using var writer = new StreamWriter(_file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        while (true)
        {
            var piece = (await _session.SendAsync("IO.read", new() { ["handle"] = stream, ["size"] = PieceBytes }))!.Value;
            await writer.WriteAsync(piece.GetProperty("data").GetString());
            if (piece.GetProperty("eof").GetBoolean()) break;
        }
        await _session.SendAsync("IO.close", new() { ["handle"] = stream });
        await _session.DetachAsync();
    }
}
