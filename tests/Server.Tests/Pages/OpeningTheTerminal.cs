using System.IO.Compression;
using System.Net;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Pages;

/// <summary>A server with a made-up app: two pages' worth of files, one of them with its compressed twin.</summary>
public sealed class ServerWithTerminal() : TestServer("Development", "--Server:TerminalFolder", Folder)
{
    public const string Page = "<!doctype html><title>the app</title>";
    public const string Script = "export const app = 'made up';";

    static readonly string Folder = MakeUp();

    static string MakeUp()
    {
        var folder = Directory.CreateTempSubdirectory("mytradex-terminal-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        File.WriteAllText(Path.Combine(folder.FullName, "index.html"), Page);
        File.WriteAllText(Path.Combine(folder.FullName, "sw.js"), "self.skipWaiting();");
        File.WriteAllText(Path.Combine(folder.FullName, "app.webmanifest"), "{}");
        var assets = folder.CreateSubdirectory("assets").FullName;
        File.WriteAllText(Path.Combine(assets, "index-1a2b3c.js"), Script);
        using var twin = new BrotliStream(File.Create(Path.Combine(assets, "index-1a2b3c.js.br")), CompressionLevel.SmallestSize);
        twin.Write(System.Text.Encoding.UTF8.GetBytes(Script));
        return folder.FullName;
    }
}

public sealed class OpeningTheTerminal(ServerWithTerminal server) : IClassFixture<ServerWithTerminal>
{
    const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("/")]
    [InlineData("/trade/AAPL")]
    [InlineData("/accounts/account-11/statements")]
    [InlineData("/trade/BRK.B")]
    [InlineData("/apiary")]
    public async Task shows_the_app_to_a_browser_and_asks_again_next_time(string path)
    {
        using var client = server.Client();
        var answer = await SendAsync(client, path, ("Accept", Browser));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(ServerWithTerminal.Page, await TextOf(answer));
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", answer.Header("Cache-Control"));
        Assert.Contains("script-src 'self'; ", answer.Header("Content-Security-Policy"));
        Assert.Contains("worker-src 'self'", answer.Header("Content-Security-Policy"));

        var again = await SendAsync(client, path, ("Accept", Browser), ("If-None-Match", answer.Header("ETag")!));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task tells_whoever_asks_for_the_head_alone_the_same()
    {
        using var client = server.Client();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/trade/AAPL") { Headers = { { "Accept", Browser } } };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, ServerWithTerminal.Page.Length), (answer.StatusCode, (int)answer.Content.Headers.ContentLength!));
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api")]
    [InlineData("/docs/nothing")]
    [InlineData("/health/nothing")]
    [InlineData("/ws/nothing")]
    [InlineData("/openapi/v9.json")]
    [InlineData("/assets/index-gone.js")]
    [InlineData("/assets/gone")]
    [InlineData("/picture.png")]
    public async Task does_not_stand_in_for_what_is_no_page(string path)
    {
        using var client = server.Client();
        var answer = await SendAsync(client, path, ("Accept", Browser));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("the app", await TextOf(answer));
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData("text/html;q=0")]
    public async Task is_not_what_a_program_gets_that_is_lost(string accept)
    {
        using var client = server.Client();
        var answer = await SendAsync(client, "/trade/AAPL", ("Accept", accept));
        await answer.ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task answers_no_write()
    {
        using var client = server.Client();
        var answer = await client.SendAsync(Answers.Request(HttpMethod.Post, "/trade/AAPL", ("Accept", Browser)), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task keeps_a_hashed_file_for_ever_and_sends_its_compressed_twin_to_who_takes_it()
    {
        using var client = server.Client();
        var plain = await SendAsync(client, "/assets/index-1a2b3c.js", ("Accept-Encoding", "gzip;q=0, br;q=0"));
        Assert.Equal(ServerWithTerminal.Script, await TextOf(plain));
        Assert.Null(plain.Header("Content-Encoding"));

        var packed = await SendAsync(client, "/assets/index-1a2b3c.js", ("Accept-Encoding", "gzip, deflate, br, zstd"));
        Assert.Equal("br", packed.Header("Content-Encoding"));
        await using var unpacked = new BrotliStream(await packed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        Assert.Equal(ServerWithTerminal.Script, await new StreamReader(unpacked).ReadToEndAsync(TestContext.Current.CancellationToken));

        foreach (var answer in new[] { plain, packed })
        {
            Assert.Equal("public, max-age=31536000, immutable", answer.Header("Cache-Control"));
            Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
            Assert.Contains("Accept-Encoding", answer.Header("Vary"));
        }
    }

    [Theory]
    [InlineData("/sw.js", "text/javascript")]
    [InlineData("/app.webmanifest", "application/manifest+json")]
    public async Task has_what_is_not_hashed_asked_for_again(string path, string type)
    {
        using var client = server.Client();
        var answer = await SendAsync(client, path);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", answer.Header("Cache-Control"));
        Assert.NotNull(answer.Header("ETag"));
    }

    [Theory]
    [InlineData("/front.html")]
    [InlineData("/tour.html")]
    [InlineData("/reset-password.html")]
    [InlineData("/verify-email.html")]
    [InlineData("/site.css")]
    [InlineData("/docs/index.html")]
    [InlineData("/docs/errors")]
    [InlineData("/health")]
    public async Task leaves_the_other_pages_where_they_are(string path)
    {
        using var client = server.Client();
        var answer = await SendAsync(client, path, ("Accept", Browser));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("the app", await TextOf(answer));
    }

    static Task<HttpResponseMessage> SendAsync(HttpClient client, string path, params (string Name, string Value)[] headers) =>
        client.SendAsync(Answers.Request(HttpMethod.Get, path, headers), TestContext.Current.CancellationToken);

    static Task<string> TextOf(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
