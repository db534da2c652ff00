using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MyTradeX.Server.Tests.Host;
using Xunit;
using static MyTradeX.Server.Tests.Files.Samples;

namespace MyTradeX.Server.Tests.Files;

public sealed class DownloadingAFile(TestServer server) : IClassFixture<TestServer>
{
    static readonly string Text = string.Concat(Enumerable.Range(0, 30_000).Select(number => $"line {number}\n"));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task gives_its_bytes_and_says_what_they_are()
    {
        var (client, path) = await KeptAsync("Überweisung €.txt");
        var answer = await client.GetAsync(path, Cancellation);
        Assert.Equal(Text, await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("text/plain; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("private, no-cache", answer.Header("Cache-Control")!.Replace("no-cache, private", "private, no-cache"));
        Assert.Contains("attachment", answer.Header("Content-Disposition"));
        Assert.Contains("filename*=UTF-8''%C3%9Cberweisung%20%E2%82%AC.txt", answer.Header("Content-Disposition"));
        Assert.Equal("bytes", answer.Header("Accept-Ranges"));
        Assert.Matches("^\"[0-9a-f]{64}\"$", answer.Header("ETag"));
        Assert.NotNull(answer.Header("Last-Modified"));
    }

    [Fact]
    public async Task is_not_packed_on_the_way_since_ranges_are_of_the_bytes_as_they_are()
    {
        var (client, path) = await KeptAsync();
        client.DefaultRequestHeaders.AcceptEncoding.Add(new("gzip"));
        var answer = await client.GetAsync(path, Cancellation);
        Assert.Null(answer.Header("Content-Encoding"));
        Assert.Equal(Encoding.UTF8.GetByteCount(Text), answer.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("bytes=0-4", 0, 5)]
    [InlineData("bytes=100000-", 100_000, -1)]
    [InlineData("bytes=-7", -7, 7)]
    [InlineData("bytes=5-99999999", 5, -1)]
    public async Task in_part_gives_the_range_asked_for(string range, int start, int length)
    {
        var (client, path) = await KeptAsync();
        var answer = await client.SendAsync(Answers.Request(HttpMethod.Get, path, ("Range", range)), Cancellation);
        start = start < 0 ? Text.Length + start : start;
        var expected = length < 0 ? Text[start..] : Text.Substring(start, length);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(expected, await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal($"bytes {start}-{start + expected.Length - 1}/{Text.Length}", answer.Header("Content-Range"));
    }

    [Fact]
    public async Task beyond_its_end_is_refused_with_its_length()
    {
        var (client, path) = await KeptAsync();
        var answer = await client.SendAsync(Answers.Request(HttpMethod.Get, path, ("Range", "bytes=99999999-")), Cancellation);
        await answer.ErrorAsync(HttpStatusCode.RequestedRangeNotSatisfiable, "RANGE_NOT_SATISFIABLE");
        Assert.Equal($"bytes */{Text.Length}", answer.Header("Content-Range"));
    }

    [Fact]
    public async Task goes_on_only_where_it_is_still_the_same_file()
    {
        var (client, path) = await KeptAsync();
        var tag = (await client.GetAsync(path, Cancellation)).Header("ETag")!;
        async Task<HttpStatusCode> With(string name, string value) => (await client.SendAsync(Answers.Request(HttpMethod.Get, path, ("Range", "bytes=0-4"), (name, value)), Cancellation)).StatusCode;
        Assert.Equal(HttpStatusCode.PartialContent, await With("If-Range", tag));
        Assert.Equal(HttpStatusCode.OK, await With("If-Range", "\"another\""));
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(Answers.Request(HttpMethod.Get, path, ("If-None-Match", tag)), Cancellation)).StatusCode);
        var changed = await client.SendAsync(Answers.Request(HttpMethod.Get, path, ("If-Match", "\"another\"")), Cancellation);
        await changed.ErrorAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
    }

    [Fact]
    public async Task can_be_asked_about_without_its_bytes()
    {
        var (client, path) = await KeptAsync();
        var answer = await client.SendAsync(new(HttpMethod.Head, path), Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Text.Length, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task is_for_its_owner_and_administrators()
    {
        var (owner, path) = await KeptAsync();
        var (stranger, _, _) = await server.NewUserAsync();
        using var admin = await server.AdminAsync();
        using var nobody = server.Client();
        await (await stranger.GetAsync(path, Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "FILE_NOT_FOUND");
        await (await stranger.DeleteAsync(path, Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "FILE_NOT_FOUND");
        await (await nobody.GetAsync(path, Cancellation)).ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(path, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(path, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task after_it_was_deleted_finds_nothing()
    {
        var (client, path) = await KeptAsync();
        var before = server.FilesOnDisk().Length;
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(path, Cancellation)).StatusCode);
        await (await client.GetAsync(path, Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "FILE_NOT_FOUND");
        await (await client.DeleteAsync(path, Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "FILE_NOT_FOUND");
        Assert.Equal(before - 1, server.FilesOnDisk().Length);
    }

    [Fact]
    public async Task lists_ones_own_newest_first_paged_either_way()
    {
        var (client, _, _) = await server.NewUserAsync();
        var ids = new List<string>();
        for (var count = 0; count < 5; count++)
            ids.Insert(0, await client.KeepAsync(Form($"file {count}")));
        var first = await (await client.GetAsync("/api/v1/files?size=2", Cancellation)).JsonAsync();
        Assert.Equal((5, true), ((int)first["pagination"]!["total"]!, (bool)first["pagination"]!["hasMore"]!));
        var numbered = await (await client.GetAsync("/api/v1/files?size=2&page=3", Cancellation)).JsonAsync();
        Assert.Equal([ids[4]], numbered["data"]!.AsArray().Select(file => (string)file!["fileId"]!));
        var walked = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await (await client.GetAsync($"/api/v1/files?size=2&cursor={cursor}", Cancellation)).JsonAsync();
            walked.AddRange(page["data"]!.AsArray().Select(file => (string)file!["fileId"]!));
            cursor = (string?)page["pagination"]!["nextCursor"];
        }
        Assert.Equal(ids, walked);
    }

    async Task<(HttpClient Client, string Path)> KeptAsync(string name = "lines.txt")
    {
        var (client, _, _) = await server.NewUserAsync();
        // As other clients write it: in plain UTF-8.
        byte[] body = [.. Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"), .. Encoding.UTF8.GetBytes(Text), .. "\r\n--b--\r\n"u8];
        var form = new ByteArrayContent(body);
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        return (client, "/api/v1/files/" + await client.KeepAsync(form));
    }
}
