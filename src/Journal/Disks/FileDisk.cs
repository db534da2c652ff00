using Microsoft.Win32.SafeHandles;

namespace MyTradeX.Journal.Disks;

/// <summary>A folder of the real file system. It is created, with its parents, when something is first written.</summary>
/// <param name="folder">Path of the folder.</param>
public sealed class FileDisk(string folder) : IDisk
{
    const FileShare Everyone = FileShare.ReadWrite | FileShare.Delete;

    /// <inheritdoc/>
    public string Name { get; } = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public IReadOnlyList<string> List() =>
        Directory.Exists(Name) ? [.. Directory.EnumerateFiles(Name).Select(path => Path.GetFileName(path))] : [];

    /// <inheritdoc/>
    public IDiskFile Create(string name)
    {
        CreateFolder();
        return new FileOnDisk(File.OpenHandle(PathOf(name), FileMode.Create, FileAccess.ReadWrite, Everyone));
    }

    /// <inheritdoc/>
    public IDiskFile Open(string name, bool writable) =>
        new FileOnDisk(File.OpenHandle(PathOf(name), FileMode.Open, writable ? FileAccess.ReadWrite : FileAccess.Read, Everyone));

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(PathOf(from), PathOf(to), overwrite: true);

    /// <inheritdoc/>
    public void Delete(string name) => File.Delete(PathOf(name));

    /// <inheritdoc/>
    public void SyncFolder() => NativeSync.Folder(Name);

    /// <inheritdoc/>
    public IDisposable Lock()
    {
        CreateFolder();
        try
        {
            // An exclusive share is an advisory lock of the operating system, which lets go when the process ends, however it ends.
            return File.OpenHandle(PathOf("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new JournalInUseException(Name, error);
        }
    }

    void CreateFolder()
    {
        if (Directory.Exists(Name))
            return;
        Directory.CreateDirectory(Name);
        if (Path.GetDirectoryName(Name) is { } parent)
            NativeSync.Folder(parent);
    }

    string PathOf(string name) => Path.Combine(Name, name);

    sealed class FileOnDisk(SafeFileHandle handle) : IDiskFile
    {
        public long Length => RandomAccess.GetLength(handle);

        public int Read(long offset, Span<byte> buffer)
        {
            var total = 0;
            while (total < buffer.Length)
            {
                var read = RandomAccess.Read(handle, buffer[total..], offset + total);
                if (read == 0)
                    break;
                total += read;
            }

            return total;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, offset);

        public void Sync() => NativeSync.File(handle);

        public void Dispose() => handle.Dispose();
    }
}
