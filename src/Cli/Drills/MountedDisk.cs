using System.Diagnostics;

namespace MyTradeX.Cli.Drills;

/// <summary>A file system of a few megabytes, mounted for a drill: one that can be grown, or one that can be made to fail.</summary>
internal sealed class MountedDisk : IAsyncDisposable
{
    const string Why = "a small file system cannot be mounted here (it takes Linux and root, in a container CAP_SYS_ADMIN";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-disk-");
    readonly string? _image;

    MountedDisk(string? image) => _image = image;

    /// <summary>Its folder.</summary>
    public string Path => _folder.FullName;

    /// <summary>A disk in memory, which <see cref="GrowAsync"/> can make larger while it is in use.</summary>
    /// <exception cref="DrillImpossibleException">Nothing can be mounted here.</exception>
    public static Task<MountedDisk> InMemoryAsync(int megabytes) =>
        MountAsync(null, ["-t", "tmpfs", "-o", $"size={megabytes}m", "none"], ")");

    /// <summary>An ext4 disk in a file, which <see cref="FailAsync"/> can make read-only while it is in use, as a failing device would.</summary>
    /// <exception cref="DrillImpossibleException">Nothing can be mounted here, or not like this.</exception>
    public static async Task<MountedDisk> Ext4Async(int megabytes)
    {
        const string more = ", a loop device, and mkfs.ext4)";
        var image = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"mytradex-disk-{Guid.NewGuid():N}.img");
        await using (var file = File.Create(image)) file.SetLength((long)megabytes << 20);
        if (await RunAsync("mkfs.ext4", "-q", "-F", image)) return await MountAsync(image, ["-o", "loop,errors=remount-ro", image], more);
        File.Delete(image);
        throw new DrillImpossibleException(Why + more);
    }

    /// <summary>Makes a disk in memory larger.</summary>
    public Task GrowAsync(int megabytes) => MustAsync("mount", "-o", $"remount,size={megabytes}m", Path);

    /// <summary>Mounts the disk anew, as it is or to be read only; nothing may have a file on it open for writing.</summary>
    public Task RemountAsync(bool isReadOnly) => MustAsync("mount", "-o", isReadOnly ? "remount,ro" : "remount,rw", Path);

    /// <summary>Reports an error to the file system, upon which it goes read-only at once, whoever is writing.</summary>
    /// <exception cref="DrillImpossibleException">This kernel does not take such reports.</exception>
    public async Task FailAsync()
    {
        var device = await OutputAsync("findmnt", "-n", "-o", "SOURCE", Path);
        var trigger = $"/sys/fs/ext4/{System.IO.Path.GetFileName(device)}/trigger_fs_error";
        if (!File.Exists(trigger)) throw new DrillImpossibleException($"this kernel has no {trigger}");
        await File.WriteAllTextAsync(trigger, "1");
    }

    /// <summary>What an operator does with a disk that has failed: unmounts it, repairs it, mounts it again.</summary>
    public async Task RepairAsync()
    {
        await MustAsync("umount", Path);
        // 1 says that errors were put right.
        await RunAsync("e2fsck", "-f", "-y", _image!);
        await MustAsync("mount", "-o", "loop,errors=remount-ro", _image!, Path);
    }

    public async ValueTask DisposeAsync()
    {
        // Lazily where somebody still looks at it, so that it is never left behind.
        if (!await RunAsync("umount", Path)) await RunAsync("umount", "-l", Path);
        _folder.Delete(recursive: true);
        if (_image is not null) File.Delete(_image);
    }

    static async Task<MountedDisk> MountAsync(string? image, string[] what, string more)
    {
        var disk = new MountedDisk(image);
        if (await RunAsync("mount", [.. what, disk.Path])) return disk;
        disk._folder.Delete();
        if (image is not null) File.Delete(image);
        throw new DrillImpossibleException(Why + more);
    }

    static async Task MustAsync(string program, params string[] arguments)
    {
        if (!await RunAsync(program, arguments)) throw new DrillImpossibleException($"this failed: {program} {string.Join(' ', arguments)}");
    }

    static async Task<bool> RunAsync(string program, params string[] arguments) => (await ExecuteAsync(program, arguments)).Succeeded;

    static async Task<string> OutputAsync(string program, params string[] arguments) => (await ExecuteAsync(program, arguments)).Output;

    static async Task<(bool Succeeded, string Output)> ExecuteAsync(string program, string[] arguments)
    {
        if (!OperatingSystem.IsLinux()) return (false, "");
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await errors;
            await process.WaitForExitAsync();
            return (process.ExitCode == 0, output.Trim());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // The program is not installed.
            return (false, "");
        }
    }
}
