using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Webhooks;

/// <summary>A program of the folder <c>node</c> that is told things line by line and answers line by line.</summary>
sealed class NodeProgram : IAsyncDisposable
{
    static readonly TimeSpan _long = TimeSpan.FromSeconds(60);

    readonly Process _process;

    public NodeProgram(string script, string package)
    {
        NodePrograms.Require("Webhooks", package);
        _process = Process.Start(new ProcessStartInfo("node", [script]) { WorkingDirectory = NodePrograms.FolderOf("Webhooks"), RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    public async Task TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public async Task<JsonNode> NextAsync() =>
        JsonNode.Parse(await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(_long) ?? throw new EndOfStreamException("the program has ended"))!;

    public async Task<JsonNode> AskAsync(string line)
    {
        await TellAsync(line);
        return await NextAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
