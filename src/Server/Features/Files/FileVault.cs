using System.Collections.Concurrent;
using System.Security.Cryptography;
using MyTradeX.Contracts;
using MyTradeX.Journal.Disks;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Features.Files;

/// <summary>
/// The folder with the bytes of files: <c>files/</c> in the data folder, a flat one of random names. A file is written under a name that ends in
/// <see cref="Unfinished"/>, synced, and only then given the name that its row will have. So after a crash everything without a row is
/// rubbish, and every row has its file.
/// </summary>
internal sealed partial class FileVault(IDisk disk, ILogger<FileVault> log)
{
    /// <summary>What the names of unfinished files end in; backups leave them out.</summary>
    public const string Unfinished = ".part";

    const int NameBytes = 16;

    // What is being received, or has been and is getting its row.
    readonly ConcurrentDictionary<string, bool> _underWay = [];

    /// <summary>The folder's path.</summary>
    public string Folder => disk.Name;

    /// <summary>Begins a file.</summary>
    /// <exception cref="ApiException"><c>SERVICE_UNAVAILABLE</c> when the disk does not take it.</exception>
    public FileInTheMaking Begin()
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes));
        _underWay[name] = true;
        try
        {
            return new(this, name, disk.Create(name + Unfinished));
        }
        catch (Exception failure) when (IsOfTheDisk(failure))
        {
            _underWay.TryRemove(name, out _);
            throw Refuse(failure);
        }
    }

    /// <summary>Opens a file to be read; null when it is not there.</summary>
    public FileStream? Open(string name)
    {
        try
        {
            // Not buffered here: whoever sends it on reads in large pieces.
            return new(Path.Combine(Folder, name), new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Deletes a file that no row names any more. A failure is logged alone: cleaning up finds the file again.</summary>
    public void Delete(string name)
    {
        try
        {
            disk.Delete(name);
        }
        catch (Exception failure) when (IsOfTheDisk(failure))
        {
            NotDeleted(failure, name);
        }
    }

    /// <summary>The names of all that is there, and of what is unfinished.</summary>
    public IReadOnlyList<string> List() => disk.List();

    /// <summary>Whether a file is there.</summary>
    public bool Has(string name) => File.Exists(Path.Combine(Folder, name));

    /// <summary>Whether somebody is at work on a file. Once this is false, the file has its row or will never have one.</summary>
    public bool IsUnderWay(string name) => _underWay.ContainsKey(name.EndsWith(Unfinished, StringComparison.Ordinal) ? name[..^Unfinished.Length] : name);

    static bool IsOfTheDisk(Exception failure) => failure is IOException or UnauthorizedAccessException;

    ApiException Refuse(Exception failure)
    {
        NotWritten(failure);
        return new(ErrorCode.ServiceUnavailable, "The server cannot keep files at the moment; nothing of this one was kept. Try again later.");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "a file could not be written")]
    partial void NotWritten(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the file {Name} could not be deleted")]
    partial void NotDeleted(Exception exception, string name);

    /// <summary>A file that is being written. Disposing of it before <see cref="Finish"/> leaves nothing behind.</summary>
    internal sealed class FileInTheMaking(FileVault vault, string name, IDiskFile file) : IDisposable
    {
        bool _isFinished, _isClosed;

        /// <summary>What it will be called on disk.</summary>
        public string Name => name;

        /// <summary>Bytes so far.</summary>
        public long Length { get; private set; }

        /// <summary>What has been written; not to be written to, nor used after <see cref="Finish"/>.</summary>
        public IDiskFile Content => file;

        /// <summary>Adds bytes at the end.</summary>
        /// <exception cref="ApiException"><c>SERVICE_UNAVAILABLE</c> when the disk does not take them.</exception>
        public void Append(ReadOnlySpan<byte> bytes)
        {
            try
            {
                file.Write(Length, bytes);
                Length += bytes.Length;
            }
            catch (Exception failure) when (IsOfTheDisk(failure))
            {
                throw vault.Refuse(failure);
            }
        }

        /// <summary>Makes it durable, bytes and name. From here on it is for its row, or for <see cref="Delete"/>, to say what becomes of it.</summary>
        /// <exception cref="ApiException"><c>SERVICE_UNAVAILABLE</c> when the disk fails.</exception>
        public void Finish()
        {
            try
            {
                file.Sync();
                Close();
                vault.Disk.Rename(name + Unfinished, name);
                _isFinished = true;
                vault.Disk.SyncFolder();
            }
            catch (Exception failure) when (IsOfTheDisk(failure))
            {
                if (_isFinished)
                    vault.Delete(name);
                throw vault.Refuse(failure);
            }
        }

        public void Dispose()
        {
            Close();
            if (!_isFinished)
                vault.Delete(name + Unfinished);
            vault._underWay.TryRemove(name, out _);
        }

        void Close()
        {
            if (!_isClosed)
                file.Dispose();
            _isClosed = true;
        }
    }

    IDisk Disk => disk;
}
