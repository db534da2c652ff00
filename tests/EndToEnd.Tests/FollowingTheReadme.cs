using Xunit;

namespace MyTradeX.EndToEnd.Tests;

public class FollowingTheReadme
{
    [Fact]
    public async Task shows_what_the_readme_shows()
    {
        var folder = Directory.CreateTempSubdirectory("mytradex-readme-");
        try
        {
            await using var server = new ServerProcess(Path.Combine(folder.FullName, "data"), arguments: ["--demo", "true"]);
            await server.StartAsync();
            var readme = new GuidePage("README.md");
            Assert.True(readme.StepCount >= 8, "the README has a tour");
            await readme.FollowAsync(folder.FullName, server.Http.BaseAddress!.Authority);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
