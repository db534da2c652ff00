using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MyTradeX.Server.Features.Files;
using MyTradeX.Server.Tests.Host;
using Xunit;
using static MyTradeX.Server.Tests.Files.Samples;

namespace MyTradeX.Server.Tests.Files;

public sealed class CleaningUp : IAsyncLifetime
{
    readonly TestServer _server = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.InitializeAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task at_start_takes_what_no_row_names_and_leaves_the_rest()
    {
        using var client = await _server.SignedInAsync();
        var id = await client.KeepAsync(Form("kept"));
        var kept = _server.FilesOnDisk();
        await File.WriteAllTextAsync(PathOf("0123456789abcdef0123456789abcdef"), "whose row was not written", Cancellation);
        await File.WriteAllTextAsync(PathOf("fedcba98765432100123456789abcdef.part"), "cut short", Cancellation);
        await _server.RestartAsync();
        Assert.Equal(kept, _server.FilesOnDisk());
        using var again = await _server.SignedInAsync();
        Assert.Equal("kept", await again.GetStringAsync($"/api/v1/files/{id}", Cancellation));
    }

    [Fact]
    public async Task forgets_a_row_whose_file_is_not_there()
    {
        using var client = await _server.SignedInAsync();
        await client.KeepAsync(Form("lost"));
        File.Delete(PathOf(Assert.Single(_server.FilesOnDisk())));
        var kept = await client.KeepAsync(Form("kept"));
        await Sweep.RunAsync(Cancellation);
        var files = (await (await client.GetAsync("/api/v1/files", Cancellation)).DataAsync()).AsArray();
        Assert.Equal(kept, (string?)Assert.Single(files)!["fileId"]);
    }

    [Fact]
    public async Task takes_the_files_of_a_deleted_user_and_pictures_no_longer_shown()
    {
        var (client, session, _) = await _server.NewUserAsync();
        var (other, otherSession, _) = await _server.NewUserAsync();
        var (path, otherPath) = ($"/api/v1/users/{session["user"]!["id"]}", $"/api/v1/users/{otherSession["user"]!["id"]}");
        await client.KeepAsync(Form("mine"));
        await client.PutAsync(path + "/avatar", Form(Png()), Cancellation);
        await other.PutAsync(otherPath + "/avatar", Form(Png()), Cancellation);
        Assert.Equal(3, _server.FilesOnDisk().Length);
        await other.PatchAsJsonAsync(otherPath, new { avatar = "" }, Cancellation);
        using var admin = await _server.AdminAsync();
        await admin.DeleteAsync(path, Cancellation);
        await Sweep.RunAsync(Cancellation);
        Assert.Empty(_server.FilesOnDisk());
    }

    [Fact]
    public async Task leaves_alone_what_is_under_way()
    {
        var vault = _server.Services.GetRequiredService<FileVault>();
        using var file = vault.Begin();
        file.Append("half"u8);
        await Sweep.RunAsync(Cancellation);
        Assert.Equal([file.Name + ".part"], _server.FilesOnDisk());
        file.Finish();
        // Between its name and its row.
        await Sweep.RunAsync(Cancellation);
        Assert.Equal([file.Name], _server.FilesOnDisk());
        file.Dispose();
        await Sweep.RunAsync(Cancellation);
        Assert.Empty(_server.FilesOnDisk());
    }

    [Fact]
    public async Task a_folder_that_is_not_there_keeps_the_server_from_giving_up_every_file()
    {
        using var client = await _server.SignedInAsync();
        var id = await client.KeepAsync(Form("kept"));
        Directory.Move(PathOf(""), PathOf("") + "-elsewhere");
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => ActivatorUtilities.CreateInstance<FileSweep>(_server.Services).StartAsync(Cancellation));
        Assert.Contains("Put it back", refused.Message);
        Directory.Move(PathOf("") + "-elsewhere", PathOf(""));
        Assert.Equal("kept", await client.GetStringAsync($"/api/v1/files/{id}", Cancellation));
    }

    [Fact]
    public void the_folder_is_closed_to_others()
    {
        // Windows gives it the rights of the folder above.
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(PathOf("")));
    }

    FileSweep Sweep => _server.Services.GetServices<IHostedService>().OfType<FileSweep>().Single();

    string PathOf(string name) => Path.Combine(_server.DataDir, "files", name).TrimEnd(Path.DirectorySeparatorChar);
}
