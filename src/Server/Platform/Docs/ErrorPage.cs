using System.Net;
using System.Text;
using MyTradeX.Contracts;

namespace MyTradeX.Server.Platform.Docs;

/// <summary>Every error code on one page, drawn from the registry; a problem's <c>type</c> leads to its row.</summary>
internal static class ErrorPage
{
    public static string Html { get; } = Draw();

    static string Draw()
    {
        var rows = new StringBuilder();
        foreach (var code in ErrorCode.All)
            rows.Append($"<tr id=\"{code.Name}\"><td><code>{code.Name}</code></td><td>{code.HttpStatus}</td><td>{(code.IsRetryable ? "yes" : "no")}</td><td>{WebUtility.HtmlEncode(code.Meaning)}</td></tr>\n");
        return $$"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Error codes · MyTradeX</title>
            <style>
              body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; background: #fff }
              table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .4rem .8rem; border-bottom: 1px solid #d8dee4; vertical-align: top }
              tr:target { background: #fff8c5 }
              @media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117 } td, th { border-color: #30363d } tr:target { background: #3a2d00 } }
            </style>
            <h1>Error codes</h1>
            <p>The same on every door. When several apply to one request, the one listed first is told. “Retry” says whether the very same request may succeed later.</p>
            <table>
            <tr><th>Code</th><th>HTTP</th><th>Retry</th><th>Meaning</th></tr>
            {{rows}}</table>
            </html>
            """;
    }
}
