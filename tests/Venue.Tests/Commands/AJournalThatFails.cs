using MyTradeX.Core;
using MyTradeX.Journal;
using Xunit;

namespace MyTradeX.Venue.Tests.Commands;

public class AJournalThatFails
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task for_want_of_room_refuses_and_goes_on_when_there_is_room()
    {
        using var rig = new SequencerRig();
        rig.Start();
        await rig.ListCurrencyAsync();
        rig.Log.Failure = FaultyLog.Fail(LogWriteOutcome.NotWritten);

        var refusal = await Assert.ThrowsAsync<VenueUnavailableException>(() => rig.Send()!.WaitAsync(Soon, TestContext.Current.CancellationToken));
        Assert.False(refusal.OutcomeUnknown);
        Assert.Contains("No space left", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, rig.Exchange.Sequence);

        rig.Log.Failure = null;
        var result = await rig.Send()!.WaitAsync(Soon, TestContext.Current.CancellationToken);
        Assert.Equal((RejectCode.None, 3L), (result.Code, result.Sequence));
        Assert.Null(rig.StoppedBecause);
        rig.Close();
        Assert.Equal(3, rig.Log.Records.Count);
    }

    [Fact]
    public async Task with_an_unknown_outcome_stops_trading_and_says_so()
    {
        using var rig = new SequencerRig();
        rig.Start();
        await rig.ListCurrencyAsync();
        rig.Log.Failure = FaultyLog.Fail(LogWriteOutcome.Unknown);

        var first = await Assert.ThrowsAsync<VenueUnavailableException>(() => rig.Send()!.WaitAsync(Soon, TestContext.Current.CancellationToken));
        Assert.True(first.OutcomeUnknown);
        rig.Log.Failure = null;
        var later = await Assert.ThrowsAsync<VenueUnavailableException>(() => rig.Send()!.WaitAsync(Soon, TestContext.Current.CancellationToken));
        Assert.False(later.OutcomeUnknown);
        Assert.Contains("outcome of a journal write is unknown", later.Message, StringComparison.Ordinal);
        Assert.Equal(later.Message, rig.StoppedBecause);
        Assert.Equal(2, rig.Exchange.Sequence);
        rig.Close();
    }

    [Fact]
    public void at_the_first_record_of_an_epoch_keeps_the_venue_from_starting()
    {
        using var rig = new SequencerRig();
        rig.Log.Failure = FaultyLog.Fail(LogWriteOutcome.NotWritten);

        Assert.Throws<VenueUnavailableException>(rig.Start);
    }
}
