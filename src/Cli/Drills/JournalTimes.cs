using MyTradeX.Cli.DataFolders;
using MyTradeX.Core;
using MyTradeX.Journal;

namespace MyTradeX.Cli.Drills;

/// <summary>Whatever the clock did, times in the journal never go back, and each epoch's commands are numbered without a gap.</summary>
internal static class JournalTimes
{
    /// <summary>Reads the whole journal of a server that does not run.</summary>
    public static void Check(DataFolder folder)
    {
        using var reader = new OfflineLogReader(folder.Journal);
        var (time, epoch, number) = (long.MinValue, 0u, 0ul);
        while (reader.MoveNext())
        {
            CommandCodec.Decode(reader.Payload, out var command);
            var header = command.Header;
            BrokenPromiseException.Unless(header.Time >= time, () => $"the time of the command at {reader.Anchor} is {header.Time} µs, and {time} µs before it");
            // Numbers begin with the epoch; a trimmed journal begins amid one.
            if (epoch != 0)
            {
                var expected = header.Epoch == epoch ? (epoch, number + 1) : (epoch + 1, 0ul);
                BrokenPromiseException.UnlessSame($"epoch and number of the command at {reader.Anchor}", expected, (header.Epoch, header.Number));
            }
            (time, epoch, number) = (header.Time, header.Epoch, header.Number);
        }
    }
}
