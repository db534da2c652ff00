using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>Trading goes on until the disk is full or broken, and beyond. Skipped where nothing may be mounted, in CI too: containers usually may not.</summary>
public sealed class AFailingDisk
{
    [Fact]
    public Task filled_by_journal_and_database_refuses_until_there_is_room_and_loses_nothing() => DrillAsync(DiskDrill.FillTogetherAsync);

    [Fact]
    public Task filled_by_the_journal_alone_refuses_until_there_is_room_and_loses_nothing() => DrillAsync(DiskDrill.FillJournalAsync);

    [Fact]
    public Task gone_read_only_refuses_until_it_is_repaired_and_loses_nothing() => DrillAsync(DiskDrill.GoReadOnlyAsync);

    static async Task DrillAsync(Func<DrillTools, Task<string>> drill)
    {
        using var folder = new DrillFolder();
        TestContext.Current.SendDiagnosticMessage(await ShortDrill.OrSkipAsync(() => drill(ShortDrill.Tools(folder))));
    }
}
