using System.Runtime.InteropServices;

namespace MyTradeX.Store;

/// <summary>
/// SQLite's calls that hand a value to a statement, as they are. History binds some seventy values an order; the wrapper's counting of handles and
/// its way through a transition of threads would cost several times the calls themselves, which only copy a value.
/// </summary>
internal static unsafe partial class NativeBind
{
    // The library that the SQLite package brings, loaded by then.
    private const string Library = "e_sqlite3";

    /// <summary>Tells SQLite to copy what it is given.</summary>
    private static readonly nint Transient = -1;

    public static int Number(nint statement, int index, long value) => BindInt64(statement, index, value);

    public static int Null(nint statement, int index) => BindNull(statement, index);

    public static int Text(nint statement, int index, ReadOnlySpan<byte> utf8)
    {
        fixed (byte* text = utf8)
        {
            byte none = 0;
            return BindText(statement, index, text is null ? &none : text, utf8.Length, Transient);
        }
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int BindInt64(nint statement, int index, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null")]
    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int BindNull(nint statement, int index);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int BindText(nint statement, int index, byte* text, int bytes, nint destructor);
}
