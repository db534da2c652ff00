using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Journal.Disks;
using MyTradeX.Server.Features.Files;
using MyTradeX.Server.Tests.Host;
using Xunit;
using static MyTradeX.Server.Tests.Files.Samples;

namespace MyTradeX.Server.Tests.Files;

public sealed class ADiskThatFails
{
    [Theory]
    [InlineData("create")]
    [InlineData("write")]
    [InlineData("sync")]
    [InlineData("rename")]
    [InlineData("sync folder")]
    public async Task gives_503_and_keeps_nothing(string fails)
    {
        await using var server = new ServerOnADisk();
        await server.InitializeAsync();
        using var client = await server.SignedInAsync();
        server.Disk.Fails = fails;
        var answer = await client.UploadAsync(Form("hello"));
        await answer.ErrorAsync(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
        Assert.NotNull(answer.Header("Retry-After"));
        Assert.Empty(server.FilesOnDisk());
        server.Disk.Fails = "";
        await client.KeepAsync(Form("hello"));
        Assert.Single(server.FilesOnDisk());
    }

    [Fact]
    public async Task to_delete_leaves_the_file_to_the_next_cleaning()
    {
        await using var server = new ServerOnADisk();
        await server.InitializeAsync();
        using var client = await server.SignedInAsync();
        var id = await client.KeepAsync(Form("hello"));
        server.Disk.Fails = "delete";
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/v1/files/{id}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Single(server.FilesOnDisk());
        await server.RestartAsync();
        Assert.Empty(server.FilesOnDisk());
    }

    sealed class ServerOnADisk : TestServer
    {
        public ServerOnADisk() : base("Development") { }

        public FailingDisk Disk { get; private set; } = null!;

        protected override void Adjust(IServiceCollection services)
        {
            Disk = new(new FileDisk(Path.Combine(DataDir, "files")));
            services.AddSingleton(new FileVault(Disk, NullLogger<FileVault>.Instance));
        }
    }

    /// <summary>A disk on which one kind of call fails.</summary>
    sealed class FailingDisk(IDisk disk) : IDisk
    {
        public string Fails { get; set; } = "";

        public string Name => disk.Name;

        public IReadOnlyList<string> List() => disk.List();

        public IDiskFile Create(string name) => Try("create", () => new FailingFile(this, disk.Create(name)));

        public IDiskFile Open(string name, bool writable) => disk.Open(name, writable);

        public void Rename(string from, string to) => Try("rename", () => disk.Rename(from, to));

        public void Delete(string name) => Try("delete", () => disk.Delete(name));

        public void SyncFolder() => Try("sync folder", disk.SyncFolder);

        public IDisposable Lock() => disk.Lock();

        void Try(string call, Action action) => Try(call, () =>
        {
            action();
            return true;
        });

        T Try<T>(string call, Func<T> action) => Fails == call ? throw new IOException("No space left on device") : action();

        sealed class FailingFile(FailingDisk disk, IDiskFile file) : IDiskFile
        {
            public long Length => file.Length;

            public int Read(long offset, Span<byte> buffer) => file.Read(offset, buffer);

            public void Write(long offset, ReadOnlySpan<byte> bytes)
            {
                // Some of it is on the disk when the rest is not.
                file.Write(offset, bytes[..(bytes.Length / 2)]);
                disk.Try("write", () => { });
                file.Write(offset, bytes);
            }

            public void Sync() => disk.Try("sync", file.Sync);

            public void Dispose() => file.Dispose();
        }
    }
}
