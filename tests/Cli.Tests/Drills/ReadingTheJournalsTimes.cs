using MyTradeX.Cli.DataFolders;
using MyTradeX.Cli.Drills;
using MyTradeX.Core;
using MyTradeX.Journal;
using Xunit;

namespace MyTradeX.Cli.Tests.Drills;

public sealed class ReadingTheJournalsTimes : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-times-");

    public void Dispose() => _folder.Delete(recursive: true);

    // Each command as time:epoch:number.
    [Theory]
    [InlineData("5:1:0 5:1:1 9:1:2 9:2:0 9:2:1", null)]
    [InlineData("5:1:0 4:1:1", "the time of the command")]
    [InlineData("5:1:0 5:1:2", "should be (1, 1)")]
    [InlineData("5:1:0 5:1:1 5:1:1", "should be (1, 2)")]
    [InlineData("5:1:0 5:3:0", "should be (2, 0)")]
    public void finds_times_that_go_back_and_numbers_left_out(string commands, string? finding)
    {
        var folder = new DataFolder(_folder.FullName);
        using (var log = FileCommandLog.Open(folder.Journal, new FileLogOptions(), out _))
        {
            var record = new byte[CommandCodec.MaxBytes];
            foreach (var numbers in commands.Split(' ').Select(command => command.Split(':').Select(int.Parse).ToArray()))
            {
                var command = numbers[2] == 0 ? Command.StartEpoch() : Command.AdvanceTime();
                (command.Header.Time, command.Header.Epoch, command.Header.Number) = (numbers[0], (uint)numbers[1], (ulong)numbers[2]);
                log.Append(record.AsSpan(0, CommandCodec.Encode(in command, record)));
            }
            log.Commit();
        }

        if (finding is null) JournalTimes.Check(folder);
        else Assert.Contains(finding, Assert.Throws<BrokenPromiseException>(() => JournalTimes.Check(folder)).Message);
    }
}
