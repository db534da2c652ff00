namespace MyTradeX.Journal;

/// <summary>Another process, or another log in this one, has the journal open for writing.</summary>
/// <param name="folder">The journal's folder.</param>
/// <param name="cause">The error of the disk, if it gave one.</param>
public sealed class JournalInUseException(string folder, Exception? cause = null)
    : Exception($"The journal in {folder} is already open for writing, most likely by another running server. Stop that one first, or choose another folder.", cause);
