using MyTradeX.Core;
using Xunit;

namespace MyTradeX.Venue.Tests.Commands;

public class AFullQueue
{
    [Fact]
    public async Task refuses_more_and_loses_nothing_it_took()
    {
        using var rig = new SequencerRig(capacity: 50);
        rig.Start();
        await rig.ListCurrencyAsync();
        rig.Log.Gate.Reset();
        rig.Log.AtGate.Reset();
        var taken = new List<Task<CommandResult>> { rig.Send()! };
        rig.Log.AtGate.Wait(TestContext.Current.CancellationToken); // the first is on its way to the disk, the queue is empty

        while (rig.Send() is { } task) taken.Add(task);
        Assert.Equal(51, taken.Count);

        rig.Log.Gate.Set();
        var results = await Task.WhenAll(taken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(3, 51).Select(i => (long)i), results.Select(result => result.Sequence));
        Assert.NotNull(rig.Send());
        rig.Close();
    }

    [Fact]
    public async Task of_a_venue_is_refused_with_a_time_to_come_back()
    {
        await using var fixture = new VenueFixture { Options = new VenueOptions { JournalFolder = "", QueueCapacity = 1, BatchMax = 1 } };
        await fixture.OpenAsync();
        await fixture.ListAsync();
        var taken = new List<Task<CommandResult>>();
        VenueUnavailableException? refusal = null;
        for (var i = 0; refusal is null && i < 100_000; i++)
        {
            try
            {
                taken.Add(fixture.Venue.SubmitAsync(VenueFixture.Limit(1, Side.Buy, 1, 1_000_000 + i % 10 * 100)));
            }
            catch (VenueUnavailableException full)
            {
                refusal = full;
            }
        }

        Assert.NotNull(refusal);
        Assert.Equal((TimeSpan.FromSeconds(1), false), (refusal.RetryAfter, refusal.OutcomeUnknown));
        Assert.All(await Task.WhenAll(taken), result => Assert.Equal(RejectCode.None, result.Code));
        Assert.Equal(taken.Count, fixture.Venue.Status.OpenOrders);
    }

    [Fact]
    public async Task that_closes_answers_everything_it_took()
    {
        using var rig = new SequencerRig();
        rig.Start();
        await rig.ListCurrencyAsync();
        rig.Log.Gate.Reset();
        var taken = Enumerable.Range(0, 100).Select(_ => rig.Send()!).ToList();

        rig.Queue.Close();
        Assert.Null(rig.Send());
        rig.Log.Gate.Set();
        rig.Close();

        Assert.All(
            await Task.WhenAll(taken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken),
            result => Assert.Equal(RejectCode.None, result.Code));
    }
}
