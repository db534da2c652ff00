using System.Net;
using System.Net.Http.Headers;
using MyTradeX.Server.Tests.Host;
using Xunit;
using static MyTradeX.Server.Tests.Files.Samples;

namespace MyTradeX.Server.Tests.Files;

public sealed class KeepingWithinAQuota : IClassFixture<KeepingWithinAQuota.NarrowServer>
{
    readonly NarrowServer _server;

    public KeepingWithinAQuota(NarrowServer server) => _server = server;

    [Fact]
    public async Task so_many_files_are_kept_until_one_goes()
    {
        var (client, _, _) = await _server.NewUserAsync();
        var first = await client.KeepAsync(Form("1"));
        for (var count = 2; count <= 3; count++)
            await client.KeepAsync(Form($"{count}"));
        var before = _server.FilesOnDisk();
        await (await client.UploadAsync(Form("4"))).ErrorAsync(HttpStatusCode.UnprocessableEntity, "FILE_QUOTA_EXCEEDED");
        Assert.Equal(before, _server.FilesOnDisk());
        await client.DeleteAsync($"/api/v1/files/{first}", TestContext.Current.CancellationToken);
        await client.KeepAsync(Form("4"));
    }

    [Fact]
    public async Task so_many_bytes_are_kept_to_the_last_one()
    {
        var (client, _, _) = await _server.NewUserAsync();
        await client.KeepAsync(Form(new string('a', 1_900)));
        await (await client.UploadAsync(Form(new string('b', 149)))).ErrorAsync(HttpStatusCode.UnprocessableEntity, "FILE_QUOTA_EXCEEDED");
        await client.KeepAsync(Form(new string('b', 148)));
    }

    [Fact]
    public async Task many_at_once_do_not_pass_it_together()
    {
        var (client, _, _) = await _server.NewUserAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => client.UploadAsync(Form($"{number}"))));
        // Fewer where the seats were taken.
        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.Created), 1, 3);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.Created), answer => Assert.True(answer.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task one_more_at_a_time_than_a_user_may_is_told_to_wait()
    {
        var (client, _, _) = await _server.NewUserAsync();
        var gates = Enumerable.Range(0, 2).Select(_ => new GatedContent()).ToList();
        var uploads = gates.Select(gate => client.UploadAsync(gate)).ToList();
        await Task.WhenAll(gates.Select(gate => gate.Begun));
        HttpResponseMessage refused;
        // That a request was sent does not mean that the server has it.
        while ((refused = await client.UploadAsync(Form("one more"))).StatusCode == HttpStatusCode.Created)
            await client.DeleteAsync(refused.Header("Location"), TestContext.Current.CancellationToken);
        await refused.ErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
        gates.ForEach(gate => gate.Open());
        Assert.All(await Task.WhenAll(uploads), answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        await client.KeepAsync(Form("one more"));
    }

    public sealed class NarrowServer() : TestServer("Development", "--Files:UserFilesMax", "3", "--Files:UserBytesMax", "2048", "--Files:UserUploadsMax", "2");

    /// <summary>A form that halts in the middle of its file.</summary>
    sealed class GatedContent : HttpContent
    {
        readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously), _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public GatedContent() => Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        public Task Begun => _begun.Task;

        public void Open() => _open.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhel"u8.ToArray());
            await stream.FlushAsync();
            _begun.TrySetResult();
            await _open.Task;
            await stream.WriteAsync("lo\r\n--b--\r\n"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
