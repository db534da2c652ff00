using System.Diagnostics;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>A file system of a few megabytes, mounted for a test and grown on request.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-disk-");

    public string Path => _folder.FullName;

    /// <summary>Skips the test where nothing may be mounted: containers and ordinary users usually may not, in CI neither.</summary>
    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var disk = new SmallDisk();
        if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "none", disk.Path)) return disk;
        disk._folder.Delete();
        Assert.Skip("a small file system cannot be mounted here (it takes root, and a container with CAP_SYS_ADMIN)");
        return disk;
    }

    public async Task GrowAsync(int megabytes) => Assert.True(await RunAsync("mount", "-o", $"remount,size={megabytes}m", Path));

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", Path);
        _folder.Delete(recursive: true);
    }

    static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux()) return false;
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
