using MyTradeX.Cli.Tests.Commands;
using Xunit;

namespace MyTradeX.Cli.Tests.Drills;

public sealed class AskingForADrill : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-ask-");
    readonly ToolRun _tool = new();

    public void Dispose()
    {
        _tool.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("drill --kills 0", "--kills must be between 1 and 1,000,000.")]
    [InlineData("drill --minutes 0", "--minutes must be above 0.")]
    [InlineData("drill soak --minutes -1", "--minutes must be above 0")]
    [InlineData("drill clock --jumps 0", "--jumps must be between")]
    [InlineData("drill backup --backups 0", "--backups must be between")]
    [InlineData("drill --server http://localhost:3001", "--server-program")]
    public async Task of_no_sense_is_refused_with_the_way_out(string commandLine, string expected)
    {
        var run = await _tool.RunAsync(null, commandLine);

        Assert.Equal(ExitCode.Usage, run.Exit);
        Assert.Contains(expected, run.Error);
    }

    [Fact]
    public async Task names_where_the_server_was_looked_for()
    {
        var run = await _tool.RunAsync(null, $"drill --server-program {_folder.FullName}/nowhere");

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Contains("SERVER_NOT_FOUND", run.Error);
        Assert.Contains($"{_folder.FullName}/nowhere/MyTradeX.Server.dll", run.Error);
        Assert.Contains("dotnet build src/Server", run.Error);
    }

    [Fact]
    public async Task takes_no_folder_that_has_something_in_it()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "mine"), "precious");

        var run = await _tool.RunAsync(null, $"drill --data-dir {_folder.FullName}");

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Contains("TARGET_NOT_EMPTY", run.Error);
    }

    [Fact]
    public async Task on_a_server_that_does_not_start_is_a_finding_that_keeps_its_folder()
    {
        // A program that ends at once, whatever it is given.
        var program = Path.Combine(_folder.FullName, "program");
        await File.WriteAllTextAsync(program, "#!/bin/sh\necho no licence >&2\nexit 7\n");
        if (OperatingSystem.IsWindows()) Assert.Skip("the program is a shell script");
        else File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var data = Path.Combine(_folder.FullName, "data");

        var run = await _tool.RunAsync(null, $"drill --kills 1 --seed 9 --server-program {program} --data-dir {data}");

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Contains("FAILED The server ended by itself with 7", run.Out);
        Assert.Contains("no licence", run.Out);
        Assert.Contains(data, run.Out);
        Assert.Contains("mytradex drill --kills 1 --seed 9", run.Out);
    }
}
