using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>The real server, ended by SIGKILL while files come in.</summary>
public sealed class KillingUploads
{
    const int Senders = 4;

    [Fact]
    public async Task leaves_every_acknowledged_file_whole_and_nothing_else()
    {
        var kills = ShortDrill.KillsOr(4);
        var random = new Random(ShortDrill.Seed);
        using var folder = new DrillFolder();
        await using var server = new ServerProcess(folder.Path, ["--demo", "false", "--Files:UserFilesMax", "100000", "--Files:UserBytesMax", "100000000000"]);
        await server.StartAsync(cancellation: TestContext.Current.CancellationToken);
        var acknowledged = new ConcurrentDictionary<string, string>();
        var (cutShort, unanswered) = (0, 0);
        for (var kill = 1; kill <= kills; kill++)
        {
            var token = await server.LoginAsync("user@example.com");
            var storms = Enumerable.Range(0, Senders).Select(_ => SendUntilCutAsync(server, token, random.Next(), acknowledged)).ToList();
            var enough = acknowledged.Count + 5;
            while (acknowledged.Count < enough && !storms.Any(storm => storm.IsFaulted)) await Task.Delay(random.Next(1, 40), TestContext.Current.CancellationToken);
            await server.KillAsync();
            await Task.WhenAll(storms);
            cutShort += Directory.GetFiles(Path.Combine(folder.Path, "files"), "*.part").Length;

            await server.StartAsync(cancellation: TestContext.Current.CancellationToken);
            var listed = await ListAsync(server, await server.LoginAsync("user@example.com"));
            var onDisk = Directory.GetFiles(Path.Combine(folder.Path, "files"));
            Assert.Equal(listed.Count, onDisk.Length);
            // The names tell nothing, the contents all: those of the rows, and no others.
            Assert.Equal(listed.Values.Order(), onDisk.Select(path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))).Order());
            foreach (var (id, sha256) in acknowledged) Assert.Equal((id, sha256), (id, listed.GetValueOrDefault(id)));
            unanswered = listed.Count - acknowledged.Count;
        }
        Assert.True(cutShort > 0, "no kill met a file on its way");
        TestContext.Current.SendDiagnosticMessage($"seed {ShortDrill.Seed}: {kills} kills, {acknowledged.Count} uploads acknowledged, {unanswered} kept without an answer, {cutShort} cut short");
    }

    static async Task SendUntilCutAsync(ServerProcess server, string token, int seed, ConcurrentDictionary<string, string> acknowledged)
    {
        var random = new Random(seed);
        try
        {
            while (true)
            {
                var bytes = Encoding.ASCII.GetBytes(seed + " " + random.NextInt64() + new string('x', random.Next(10, 2_000_000)));
                using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse("text/plain") } }, "file", "storm.txt" } };
                using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/upload") { Content = form, Headers = { Authorization = new("Bearer", token) } };
                using var answer = await server.Http.SendAsync(request);
                var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
                Assert.True((int)answer.StatusCode == 201, body.ToJsonString());
                acknowledged[(string)body["data"]!["fileId"]!] = Convert.ToHexStringLower(SHA256.HashData(bytes));
            }
        }
        catch (Exception cut) when (server.IsEnding && cut is HttpRequestException or IOException or TaskCanceledException)
        {
            // The process is gone.
        }
    }

    static async Task<Dictionary<string, string>> ListAsync(ServerProcess server, string token)
    {
        var found = new Dictionary<string, string>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await server.SendAsync(HttpMethod.Get, $"files?size=100&cursor={cursor}", token: token);
            page.Expect(200);
            foreach (var file in page.Body!["data"]!.AsArray()) found.Add((string)file!["fileId"]!, (string)file["sha256"]!);
            cursor = (string?)page.Body["pagination"]!["nextCursor"];
        }
        return found;
    }
}
