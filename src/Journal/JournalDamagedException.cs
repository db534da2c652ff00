namespace MyTradeX.Journal;

/// <summary>Something durable in the journal does not read back as it was written. The message says where, and what to do.</summary>
/// <param name="file">The damaged or missing file's name.</param>
/// <param name="offset">Byte offset of the damage in the file.</param>
/// <param name="problem">What is wrong there, as the end of a sentence.</param>
public sealed class JournalDamagedException(string file, long offset, string problem)
    : Exception($"The journal is damaged in {file} at offset {offset}: {problem}. Nothing has been changed. "
        + "Check the disk, list every fault with the offline verification, and restore the journal from a backup.")
{
    /// <summary>The damaged or missing file's name.</summary>
    public string File { get; } = file;

    /// <summary>Byte offset of the damage in <see cref="File"/>.</summary>
    public long Offset { get; } = offset;

    /// <summary>What is wrong there, without the place and the advice.</summary>
    public string Problem { get; } = problem;
}
