using System.Net;
using System.Security.Cryptography;
using System.Text;
using MyTradeX.Server.Tests.Host;
using Xunit;
using static MyTradeX.Server.Tests.Files.Samples;

namespace MyTradeX.Server.Tests.Files;

public sealed class UploadingAFile(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task answers_201_with_its_address_size_type_and_checksum()
    {
        using var client = await server.SignedInAsync();
        var answer = await client.UploadAsync(Form(Pdf, "Statement.pdf", "application/pdf"));
        var file = await answer.DataAsync();
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Matches("^file-[1-9][0-9]*$", (string?)file["fileId"]);
        Assert.Equal($"/api/v1/files/{file["fileId"]}", answer.Header("Location"));
        Assert.Equal(answer.Header("Location"), (string?)file["url"]);
        Assert.Equal(("Statement.pdf", "application/pdf", Pdf.Length, Convert.ToHexStringLower(SHA256.HashData(Pdf))),
            ((string?)file["name"], (string?)file["contentType"], (int)file["size"]!, (string?)file["sha256"]));
        Assert.EndsWith("Z", (string?)file["createdAt"]);
    }

    [Fact]
    public async Task in_version_2_has_that_versions_form_and_address()
    {
        using var client = await server.SignedInAsync();
        var answer = await client.PostAsync("/api/v2/upload", Form("hello"), TestContext.Current.CancellationToken);
        var json = await answer.JsonAsync();
        Assert.Equal(answer.Header("Location"), (string?)json["data"]!["url"]);
        Assert.StartsWith("/api/v2/files/", (string?)json["data"]!["url"]);
    }

    public static TheoryData<string, byte[], string, string?, string> Kinds() => new()
    {
        { "png", Png(), "a.png", "image/png", "image/png" },
        { "png that nothing is said of", Png(), "a", null, "image/png" },
        { "png as bytes of any kind", Png(), "a", "application/octet-stream", "image/png" },
        { "jpeg", Jpeg(), "a.jpg", "image/jpg", "image/jpeg" },
        { "gif", Gif(), "a.gif", "image/gif", "image/gif" },
        { "webp", WebP("VP8 "), "a.webp", "image/webp", "image/webp" },
        { "pdf", Pdf, "a.pdf", "application/pdf", "application/pdf" },
        { "csv by name", "a,b\n1,2\n"u8.ToArray(), "a.CSV", null, "text/csv" },
        { "csv as Windows says it", "a,b\n1,2\n"u8.ToArray(), "a.csv", "application/vnd.ms-excel", "text/csv" },
        { "csv as text", "a,b\n1,2\n"u8.ToArray(), "a.csv", "text/plain", "text/csv" },
        { "text", "naïve – 🙂\r\n\tx < y\n"u8.ToArray(), "a.txt", "text/plain; charset=utf-8", "text/plain" },
        { "text with a byte order mark", [0xEF, 0xBB, 0xBF, (byte)'x'], "a", null, "text/plain" },
        { "text longer than a piece, whose characters straddle", Encoding.UTF8.GetBytes("x" + string.Concat(Enumerable.Repeat("é€🙂", 20_000))), "a", null, "text/plain" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task tells_its_type_by_its_bytes(string what, byte[] bytes, string name, string? declared, string type)
    {
        using var client = await server.SignedInAsync();
        var answer = await client.UploadAsync(Form(bytes, name, declared));
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{what}: {await answer.JsonAsync()}");
        Assert.Equal(type, (string?)(await answer.DataAsync())["contentType"]);
    }

    public static TheoryData<string, byte[], string?> Refused() => new()
    {
        { "a program of Windows", [.. "MZ"u8, .. new byte[100]], null },
        { "a program of Linux", [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1], null },
        { "a script", "#!/bin/sh\nrm -rf /\n"u8.ToArray(), "text/plain" },
        { "an archive", "PK\x03\x04 and so on"u8.ToArray(), "application/zip" },
        { "HTML", "  \n<html><script>alert(1)</script>"u8.ToArray(), "text/html" },
        { "HTML that says it is text", "<!doctype html><p>"u8.ToArray(), "text/plain" },
        { "HTML behind a mark", [0xEF, 0xBB, 0xBF, .. "<p>hi"u8], null },
        { "SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"u8.ToArray(), "image/svg+xml" },
        { "XML", "<?xml version=\"1.0\"?><svg/>"u8.ToArray(), null },
        { "no UTF-8", [(byte)'a', 0xC3, (byte)'b'], "text/plain" },
        { "a character cut short", [(byte)'a', 0xE2, 0x82], "text/plain" },
        { "a control character", "a\u001b[2Jb"u8.ToArray(), "text/plain" },
        { "a zero far behind", [.. Enumerable.Repeat((byte)'a', 100_000), 0], "text/plain" },
        { "UTF-16", [0xFF, 0xFE, (byte)'a', 0], "text/plain" },
        { "a PDF that says it is a picture", Pdf, "image/png" },
        { "a picture that says it is text", Png(), "text/plain" },
        { "text that says it is a script", "alert(1)"u8.ToArray(), "text/javascript" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task of_another_type_is_refused_and_leaves_nothing(string what, byte[] bytes, string? declared)
    {
        using var client = await server.SignedInAsync();
        var before = server.FilesOnDisk();
        var error = await (await client.UploadAsync(Form(bytes, "picture.png", declared))).ErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        Assert.True((string?)error["details"]!["field"] == "file", what);
        Assert.Equal(before, server.FilesOnDisk());
    }

    [Fact]
    public async Task is_taken_up_to_the_limit_and_refused_beyond_it()
    {
        const int limit = 10 * 1_024 * 1_024;
        using var client = await server.SignedInAsync();
        var bytes = new byte[limit + 1];
        Png().CopyTo(bytes, 0);
        Assert.Equal(HttpStatusCode.Created, (await client.UploadAsync(Form(bytes[..limit]))).StatusCode);
        var before = server.FilesOnDisk();
        var error = await (await client.UploadAsync(Form(bytes))).ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
        Assert.Equal(limit, (int)error["details"]!["limit"]!);
        Assert.Equal(before, server.FilesOnDisk());
    }

    [Fact]
    public async Task far_beyond_the_limit_is_refused_in_words_too()
    {
        using var client = await server.SignedInAsync();
        await (await client.UploadAsync(Form(new byte[30 * 1_024 * 1_024]))).ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
    }

    [Fact]
    public async Task leaves_other_addresses_their_own_limit()
    {
        using var client = await server.SignedInAsync();
        // Otherwise the connection is cut while the body is being sent.
        client.DefaultRequestHeaders.ExpectContinue = true;
        var body = Answers.Json($$"""{"symbol":"{{new string('x', 1_100_000)}}"}""");
        await (await client.PostAsync("/api/v1/orders", body, TestContext.Current.CancellationToken)).ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
    }

    [Fact]
    public async Task has_no_name_of_its_senders_on_disk()
    {
        using var client = await server.SignedInAsync();
        await client.KeepAsync(Form("hello", "../../../evil.txt"));
        Assert.All(server.FilesOnDisk(), name => Assert.Matches("^[0-9a-f]{32}$", name));
        Assert.Empty(Directory.GetFiles(server.DataDir, "*evil*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task needs_a_form_with_one_file_named_so()
    {
        using var client = await server.SignedInAsync();
        var before = server.FilesOnDisk();
        await (await client.UploadAsync(Answers.Json("{}"))).ErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        await (await client.UploadAsync(Form(Pdf, part: "document"))).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await client.UploadAsync(Form([]))).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await client.UploadAsync(new MultipartFormDataContent { { new StringContent("text"), "file" } })).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        var two = Form(Pdf);
        two.Add(new ByteArrayContent(Pdf), "file", "another.pdf");
        await (await client.UploadAsync(two)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await client.UploadAsync(new MultipartFormDataContent())).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(before, server.FilesOnDisk());
    }

    [Fact]
    public async Task needs_a_sign_in()
    {
        using var client = server.Client();
        await (await client.UploadAsync(Form(Pdf))).ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
    }

    [Fact]
    public async Task with_a_repeated_key_keeps_it_once()
    {
        var (client, _, _) = await server.NewUserAsync();
        var before = server.FilesOnDisk().Length;
        client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var (first, again) = (await client.UploadAsync(Form(Pdf)), await client.UploadAsync(Form(Pdf)));
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Equal((string?)(await first.DataAsync())["fileId"], (string?)(await again.DataAsync())["fileId"]);
        Assert.Equal(before + 1, server.FilesOnDisk().Length);
    }

    [Fact]
    public async Task only_takes_the_types_that_are_listed()
    {
        await using var strict = new TestServer("Development", "--Files:Types:0", "application/pdf");
        await strict.InitializeAsync();
        using var client = await strict.SignedInAsync();
        Assert.Equal(HttpStatusCode.Created, (await client.UploadAsync(Form(Pdf))).StatusCode);
        var error = await (await client.UploadAsync(Form(Png()))).ErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        Assert.Equal("image/png", (string?)error["details"]!["observed"]);
    }
}
