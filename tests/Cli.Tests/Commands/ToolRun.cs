using MyTradeX.Cli.Terminal;

namespace MyTradeX.Cli.Tests.Commands;

/// <summary>Runs the tool in this process, with a configuration folder of its own.</summary>
public sealed class ToolRun : IDisposable
{
    readonly DirectoryInfo _config = Directory.CreateTempSubdirectory("mytradex-config-");

    public sealed record Result(int Exit, string Out, string Error);

    public string ConfigFolder => _config.FullName;

    public async Task<Result> RunAsync(Uri? server, string commandLine, string input = "")
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var environment = new CliEnvironment(
            output, error, new StringReader(input), _config.FullName, IsInteractive: false,
            name => name == "MYTRADEX_SERVER" ? server?.ToString() : null);
        var exit = await CliProgram.RunAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries), environment);
        return new(exit, output.ToString(), error.ToString());
    }

    public void Dispose() => _config.Delete(recursive: true);
}
