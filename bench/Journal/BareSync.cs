using System.Diagnostics;
using MyTradeX.Journal.Disks;

namespace MyTradeX.Bench.Journal;

/// <summary>What the disk itself takes: one page written and synced, over and over, in a file that was filled with zeros beforehand.</summary>
sealed class BareSync : IDisposable
{
    const int PageBytes = 4096;
    const int FileBytes = 64 << 20;

    readonly FileDisk _disk;
    readonly IDiskFile _file;
    readonly byte[] _page = new byte[PageBytes];
    long _at;

    public BareSync(string folder)
    {
        _disk = new FileDisk(folder);
        _file = _disk.Create("bare");
        var zeros = new byte[1 << 20];
        for (long at = 0; at < FileBytes; at += zeros.Length) _file.Write(at, zeros);
        _file.Sync();
        Array.Fill(_page, (byte)7);
    }

    /// <summary>Runs for a time and returns what every write with its sync took.</summary>
    public List<long> Run(TimeSpan duration)
    {
        var waits = new List<long>(1 << 16);
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            var begun = Stopwatch.GetTimestamp();
            _file.Write(_at, _page);
            _file.Sync();
            waits.Add(Stopwatch.GetTimestamp() - begun);
            _at = (_at + PageBytes) % FileBytes;
        }
        return waits;
    }

    public void Dispose() => _file.Dispose();
}
