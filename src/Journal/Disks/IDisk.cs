namespace MyTradeX.Journal.Disks;

/// <summary>
/// One flat folder of files, seen as a disk that can lose whatever has not been synced. The real file system and the simulated one
/// behind the tests are its two users. Failures are <see cref="IOException"/>s; a missing file is a <see cref="FileNotFoundException"/>.
/// </summary>
public interface IDisk
{
    /// <summary>What to call the folder in messages.</summary>
    string Name { get; }

    /// <summary>The names of the folder's files, in no particular order; empty when the folder does not exist yet.</summary>
    IReadOnlyList<string> List();

    /// <summary>Opens a new, empty file for reading and writing, in place of one that has this name.</summary>
    IDiskFile Create(string name);

    /// <summary>Opens an existing file for reading and, if asked, writing.</summary>
    IDiskFile Open(string name, bool writable);

    /// <summary>Gives a file another name, atomically replacing one that has it.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file; open handles stay usable.</summary>
    void Delete(string name);

    /// <summary>Makes every create, rename and delete so far durable.</summary>
    void SyncFolder();

    /// <summary>Takes the folder for one writer, until disposed or until the process ends.</summary>
    /// <exception cref="JournalInUseException">Someone else has it.</exception>
    IDisposable Lock();
}

/// <summary>An open file.</summary>
public interface IDiskFile : IDisposable
{
    /// <summary>Bytes in the file.</summary>
    long Length { get; }

    /// <summary>Fills the buffer from an offset on; returns fewer bytes only where the file ends.</summary>
    int Read(long offset, Span<byte> buffer);

    /// <summary>Writes all bytes at an offset, extending the file if need be. Not durable before <see cref="Sync"/>.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Makes everything written to this file, and its length, durable. After a failure nothing can be said about what is.</summary>
    void Sync();
}
