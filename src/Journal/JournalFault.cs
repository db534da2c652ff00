namespace MyTradeX.Journal;

/// <summary>One thing wrong with a journal on disk.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Offset">Byte offset in the file.</param>
/// <param name="Problem">What is wrong there.</param>
public sealed record JournalFault(string File, long Offset, string Problem)
{
    /// <summary>File, offset and problem on one line.</summary>
    public override string ToString() => $"{File} at offset {Offset}: {Problem}";
}
