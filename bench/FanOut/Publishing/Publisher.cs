using System.Diagnostics;
using System.Globalization;

namespace MyTradeX.Bench.FanOut.Publishing;

/// <summary>A server in a process of its own, that tells its subscribers what it is bidden.</summary>
sealed class Publisher : IDisposable
{
    readonly Process _process;
    readonly DirectoryInfo? _folder;

    Publisher(string program, string[] arguments, int port, DirectoryInfo? folder, string processors = "0")
    {
        (Port, _folder) = (port, folder);
        _process = ServerPrograms.Start(processors, program, arguments, standardInput: true);
    }

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <summary>Time that it has had on processors.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The server's own hub and doors, with one topic more.</summary>
    /// <param name="port">Where it listens.</param>
    /// <param name="processors">Those that it may use.</param>
    public static Publisher Hub(int port, string processors = "0")
    {
        var folder = Directory.CreateTempSubdirectory("mytradex-fanout-");
        // The settings of the server's runtime, not of this program's.
        return new("dotnet", ["exec", "--runtimeconfig", ServerPrograms.Path("MyTradeX.Server.runtimeconfig.json"), "--depsfile", ServerPrograms.Path("MyTradeX.FanOut.Bench.deps.json"), ServerPrograms.Path("MyTradeX.FanOut.Bench.dll"),
            Modes.Serve, .. ServerPrograms.Arguments(port, folder)], port, folder, processors);
    }

    /// <summary>One of the servers in the folder <c>peers</c>.</summary>
    public static Publisher Peer(string script, int port) => new("node", ["--expose-gc", System.IO.Path.Combine(ServerPrograms.Peers, script), port.ToString(CultureInfo.InvariantCulture)], port, null);

    public async Task ReadyAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync();
        if (line != "ready")
            throw new InvalidOperationException($"A server did not start: {line}{await _process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Bids it; the number that it answers, when it is done.</summary>
    public Task<long> BidAsync(string command, params int[] numbers)
    {
        _process.StandardInput.WriteLine(string.Join(' ', [command, .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]));
        _process.StandardInput.Flush();
        return AnswerAsync();
    }

    /// <summary>The exchange's trades so far.</summary>
    public async Task<FilledTrade[]> TradesAsync()
    {
        _process.StandardInput.WriteLine("trades");
        _process.StandardInput.Flush();
        var trades = new List<FilledTrade>();
        while (await _process.StandardOutput.ReadLineAsync() is { } line && line != "all")
            trades.Add(FilledTrade.Parse(line));
        return await AnswerAsync() == trades.Count ? [.. trades] : throw new InvalidOperationException("Trades were lost on the way.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(20)))
            _process.Kill();
        _process.Dispose();
        _folder?.Delete(recursive: true);
    }

    async Task<long> AnswerAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync();
        return long.TryParse(line, CultureInfo.InvariantCulture, out var number) ? number : throw new InvalidOperationException($"A server answered {line}: {await _process.StandardError.ReadToEndAsync()}");
    }
}
