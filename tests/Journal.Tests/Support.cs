global using MyTradeX.Journal;
global using MyTradeX.Journal.Disks;
global using MyTradeX.Simulation.Disks;
global using Xunit;
using System.Buffers;
using System.Buffers.Binary;

namespace MyTradeX.Journal.Tests;

/// <summary>What the tests of the log have in common.</summary>
static class Support
{
    public const int Header = 4096;

    public static readonly Guid LogId = new("00112233-4455-6677-8899-aabbccddeeff");

    /// <summary>The smallest segments, and no thread but the test's own.</summary>
    public static readonly FileLogOptions Small = new() { SegmentBytes = 64 * 1024, MaxRecordBytes = 8 * 1024, PrepareInBackground = false, NewLogId = LogId };

    public static FileCommandLog OpenLog(this IDisk disk, FileLogOptions? options = null) => FileCommandLog.Open(disk, options ?? Small, out _);

    /// <summary>A payload that tells its number, in as many bytes as asked for.</summary>
    public static byte[] Payload(long number, int bytes = 160)
    {
        var payload = new byte[Math.Max(sizeof(long), bytes)];
        new Random((int)number).NextBytes(payload);
        BinaryPrimitives.WriteInt64LittleEndian(payload, number);
        return payload;
    }

    /// <summary>What writes a state whose hash is given.</summary>
    public static Func<IBufferWriter<byte>, ReadOnlyMemory<byte>> State(ReadOnlySpan<byte> bytes, byte[]? hash = null)
    {
        var state = bytes.ToArray();
        return target =>
        {
            target.Write(state);
            return hash ?? [];
        };
    }

    /// <summary>Commits one batch of numbered records.</summary>
    public static LogPosition[] Commit(this ICommandLog log, int from, int count, int bytes = 160)
    {
        var positions = Enumerable.Range(from, count).Select(number => log.Append(Payload(number, bytes))).ToArray();
        log.Commit();
        return positions;
    }

    /// <summary>The numbers of the records from a place on; their bytes are checked on the way.</summary>
    public static List<long> Numbers(this ICommandLog log, LogAnchor? after = null)
    {
        using var reader = log.Read(after);
        return reader.Rest();
    }

    public static List<long> Rest(this ILogReader reader)
    {
        var numbers = new List<long>();
        while (reader.MoveNext())
        {
            var number = BinaryPrimitives.ReadInt64LittleEndian(reader.Payload);
            Assert.Equal(Payload(number, reader.Payload.Length), reader.Payload.ToArray());
            numbers.Add(number);
        }

        return numbers;
    }

    public static List<LogAnchor> Anchors(this ICommandLog log)
    {
        using var reader = log.Read(null);
        var anchors = new List<LogAnchor>();
        while (reader.MoveNext())
            anchors.Add(reader.Anchor);
        return anchors;
    }

    public static List<long> Range(int from, int count) => [.. Enumerable.Range(from, count).Select(i => (long)i)];

    public static string[] Segments(this IDisk disk) => [.. disk.List().Where(name => name.EndsWith(".segment", StringComparison.Ordinal)).Order()];
}

/// <summary>A folder of the real file system, gone after the test.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mytradex-journal-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
