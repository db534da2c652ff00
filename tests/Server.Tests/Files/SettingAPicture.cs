using System.Net;
using System.Net.Http.Json;
using MyTradeX.Server.Tests.Host;
using Xunit;
using static MyTradeX.Server.Tests.Files.Samples;

namespace MyTradeX.Server.Tests.Files;

public sealed class SettingAPicture(TestServer server) : IClassFixture<TestServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task makes_it_the_profiles_and_shows_it_to_whoever_is_signed_in()
    {
        var (client, path) = await UserAsync();
        var user = await (await client.PutAsync(path + "/avatar", Form(Png()), Cancellation)).DataAsync();
        var address = (string)user["avatar"]!;
        Assert.StartsWith(path + "/avatar?v=", address);
        Assert.Equal(address, (string?)(await (await client.GetAsync(path, Cancellation)).DataAsync())["avatar"]);
        var (stranger, _, _) = await server.NewUserAsync();
        var shown = await stranger.GetAsync(address, Cancellation);
        Assert.Equal(Png(), await shown.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("image/png", shown.Header("Content-Type"));
        Assert.Null(shown.Header("Content-Disposition"));
        using var nobody = server.Client();
        await (await nobody.GetAsync(address, Cancellation)).ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
    }

    [Fact]
    public async Task replaces_the_one_before_which_is_gone()
    {
        var (client, path) = await UserAsync();
        var first = (string?)(await (await client.PutAsync(path + "/avatar", Form(Png()), Cancellation)).DataAsync())["avatar"];
        var before = server.FilesOnDisk();
        var second = (string?)(await (await client.PutAsync(path + "/avatar", Form(Gif()), Cancellation)).DataAsync())["avatar"];
        Assert.NotEqual(first, second);
        Assert.Equal(before.Length, server.FilesOnDisk().Length);
        Assert.NotEqual(before, server.FilesOnDisk());
        Assert.Equal("image/gif", (await client.GetAsync(second, Cancellation)).Header("Content-Type"));
    }

    [Fact]
    public async Task is_no_file_among_the_users_files()
    {
        var (client, path) = await UserAsync();
        var address = (string)(await (await client.PutAsync(path + "/avatar", Form(Png()), Cancellation)).DataAsync())["avatar"]!;
        Assert.Empty((await (await client.GetAsync("/api/v1/files", Cancellation)).DataAsync()).AsArray());
        await (await client.GetAsync("/api/v1/files/file-" + address.Split('=')[1], Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "FILE_NOT_FOUND");
    }

    [Fact]
    public async Task taken_away_in_the_profile_is_shown_no_longer()
    {
        var (client, path) = await UserAsync();
        var address = (string?)(await (await client.PutAsync(path + "/avatar", Form(Png()), Cancellation)).DataAsync())["avatar"];
        await (await client.PatchAsJsonAsync(path, new { avatar = "" }, Cancellation)).DataAsync();
        await (await client.GetAsync(address, Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "FILE_NOT_FOUND");
    }

    [Fact]
    public async Task is_for_the_user_and_administrators()
    {
        var (_, path) = await UserAsync();
        var (stranger, _) = await UserAsync();
        using var admin = await server.AdminAsync();
        await (await stranger.PutAsync(path + "/avatar", Form(Png()), Cancellation)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        await (await stranger.PutAsync("/api/v1/users/user-999999/avatar", Form(Png()), Cancellation)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        Assert.Equal(HttpStatusCode.OK, (await admin.PutAsync(path + "/avatar", Form(Png()), Cancellation)).StatusCode);
        await (await admin.PutAsync("/api/v1/users/user-999999/avatar", Form(Png()), Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "USER_NOT_FOUND");
        await (await admin.GetAsync("/api/v1/users/user-999999/avatar", Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "FILE_NOT_FOUND");
    }

    public static TheoryData<string, byte[]> Largest() => new()
    {
        { "png", Png(4096, 1) }, { "png", Png(1, 4096) }, { "gif", Gif(4096, 4096) }, { "jpeg", Jpeg(4096, 4096) }, { "lossy webp", WebP("VP8 ", 4096, 4096) },
        { "lossless webp", WebP("VP8L", 4096, 4096) }, { "extended webp", WebP("VP8X", 4096, 4096) },
    };

    [Theory]
    [MemberData(nameof(Largest))]
    public async Task may_have_so_many_pixels(string what, byte[] picture)
    {
        var (client, path) = await UserAsync();
        var answer = await client.PutAsync(path + "/avatar", Form(picture), Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{what}: {await answer.JsonAsync()}");
    }

    public static TheoryData<string, byte[]> TooLarge() => new()
    {
        { "4097×1", Png(4097, 1) }, { "1×4097", Png(1, 4097) }, { "1×4097", Gif(1, 4097) }, { "4097×1", Jpeg(4097, 1) }, { "1×4097", WebP("VP8 ", 1, 4097) },
        { "4097×1", WebP("VP8L", 4097, 1) }, { "1×4097", WebP("VP8X", 1, 4097) }, { "0×3", Png(0, 3) }, { "2147483647×2147483647", Png(int.MaxValue, int.MaxValue) },
    };

    [Theory]
    [MemberData(nameof(TooLarge))]
    public async Task with_more_or_none_is_refused(string size, byte[] picture)
    {
        var (client, path) = await UserAsync();
        var error = await (await client.PutAsync(path + "/avatar", Form(picture), Cancellation)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal((size, 4096), ((string?)error["details"]!["observed"], (int)error["details"]!["limit"]!));
    }

    [Fact]
    public async Task is_refused_when_it_is_no_picture_or_too_many_bytes_or_cut()
    {
        var (client, path) = await UserAsync();
        var before = server.FilesOnDisk();
        await (await client.PutAsync(path + "/avatar", Form(Pdf), Cancellation)).ErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        await (await client.PutAsync(path + "/avatar", Form("text"), Cancellation)).ErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        await (await client.PutAsync(path + "/avatar", Form([.. Png(), .. new byte[1_024 * 1_024]]), Cancellation)).ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
        foreach (var cut in (byte[][])[Png()[..20], Jpeg()[..3_000], Gif()[..8], WebP("VP8 ")[..25], WebP("VP9 ")])
            await (await client.PutAsync(path + "/avatar", Form(cut), Cancellation)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(before, server.FilesOnDisk());
    }

    async Task<(HttpClient Client, string Path)> UserAsync()
    {
        var (client, session, _) = await server.NewUserAsync();
        return (client, $"/api/v1/users/{session["user"]!["id"]}");
    }
}
