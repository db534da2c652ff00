using Xunit;

namespace MyTradeX.EndToEnd.Tests.Api;

/// <summary>The browser's types are made from a pinned copy of the OpenAPI document: <c>web/packages/types/openapi.json</c>.</summary>
public sealed class PinnedDocument
{
    /// <summary>Set, the test writes what the server serves instead of comparing.</summary>
    const string Rewrite = "MYTRADEX_PIN_OPENAPI";

    [Fact]
    public async Task is_what_the_server_serves()
    {
        var pinned = Path.Combine(NodePrograms.FolderOf("Api"), "..", "..", "..", "..", "web", "packages", "types", "openapi.json");
        var folder = Directory.CreateTempSubdirectory("mytradex-document-");
        try
        {
            await using var server = new ServerProcess(folder.FullName);
            await server.StartAsync();
            var served = await server.Http.GetStringAsync("openapi/v1.json");

            if (Environment.GetEnvironmentVariable(Rewrite) is not null) await File.WriteAllTextAsync(pinned, served);

            Assert.True(served == await File.ReadAllTextAsync(pinned), $"The server's OpenAPI document is another one than web/packages/types/openapi.json; {Rewrite}=1 and this test write it anew.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
