using Xunit;

namespace MyTradeX.EndToEnd.Tests;

/// <summary>How long the first answer of an empty venue takes, from the start of the process. Told, not judged: machines differ.</summary>
public sealed class StartingUp
{
    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task answers(string demo)
    {
        var folder = Directory.CreateTempSubdirectory("mytradex-start-");
        try
        {
            await using var server = new ServerProcess(folder.FullName, ["--demo", demo]);
            var first = await server.StartAsync("health/live");
            await server.StopAsync();
            var again = await server.StartAsync("health/live");

            TestContext.Current.SendDiagnosticMessage($"--demo {demo}: first answer after {first.TotalSeconds:0.00} s, when started again {again.TotalSeconds:0.00} s");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
