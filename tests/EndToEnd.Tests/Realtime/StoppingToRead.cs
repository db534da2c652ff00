using System.Globalization;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>By itself: who reads nothing for a minute is cut, so the storm must be over by then.</summary>
[CollectionDefinition(nameof(StoppingToRead), DisableParallelization = true)]
public sealed class ByItself;

/// <summary>Subscribers who stop reading in a storm, beside one who reads on. MYTRADEX_SEED repeats a run.</summary>
[Collection(nameof(StoppingToRead))]
public sealed class StoppingToRead
{
    /// <summary>Events that the one who reads has had when the server is weighed: first when the windows are full and all code is compiled, then after as much again.</summary>
    const int FirstWeighed = 14_000, ThenWeighed = 28_000;
    const int OfEachDoor = 20;

    /// <summary>Bytes of an event on the wire besides its payload, at least.</summary>
    const int HeadBytes = 100;

    /// <summary>What the doors let wait for one connection at most, all told.</summary>
    const long BytesPerReader = 1024 * 1024;
    static readonly TimeSpan Long = TimeSpan.FromSeconds(90);

    /// <summary>A collector that comes early and often, so that what the process holds is what it needs.</summary>
    static readonly Dictionary<string, string> Frugal = new() { ["DOTNET_gcServer"] = "0", ["DOTNET_GCgen0size"] = "0x800000" };
    static readonly string[] Topics = [$"trades:{TradedVenue.Symbol}", $"market:{TradedVenue.Symbol}", $"orderbook:{TradedVenue.Symbol}"];

    [Fact]
    public async Task delays_nobody_and_costs_bounded_memory()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        over.CancelAfter(Long);
        await using var venue = await TradedVenue.StartAsync(Frugal);
        using var http = venue.Ann.Http(venue.Server);
        var stuck = new List<StuckReader>();
        try
        {
            for (var i = 0; i < OfEachDoor; i++)
            {
                stuck.Add(await StuckReader.OnStreamAsync(http.BaseAddress!, venue.Bob.Token, Topics, over.Token));
                stuck.Add(await StuckReader.OnWebSocketAsync(http.BaseAddress!, venue.Bob.Token, Topics, over.Token));
            }
            var reader = new EventStream(http, string.Join(',', [.. Topics, "orders"]), Cuts.None);
            var (delays, first, then) = (new List<TimeSpan>(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            var reading = reader.ReadUntilAsync(Note, over.Token);
            await Task.WhenAny(reader.Opened, reading);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
            var trading = venue.TradeUntilAsync(enough.Token);
            await Task.WhenAny(first.Task, reading, trading);
            var before = venue.Server.Use().ResidentBytes;
            await Task.WhenAny(then.Task, reading, trading);
            var grown = venue.Server.Use().ResidentBytes - before;
            await enough.CancelAsync();
            await trading;
            await venue.EndAsync();
            // The one who reads has the last event while the others have read none.
            await reading;

            var toldMeanwhile = Told(reader.Seen.Take(FirstWeighed..ThenWeighed)) * stuck.Count;
            delays.Sort();
            var (median, late) = (delays[delays.Count / 2], delays[delays.Count * 99 / 100]);
            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture,
                $"seed {TradedVenue.Seed}: {reader.Seen.Count} events; the server grew by {grown >> 20} MiB while {toldMeanwhile >> 20} MiB were told to {stuck.Count} who did not read; delay of the one who did p50 {median.TotalMilliseconds:0.0} ms, p99 {late.TotalMilliseconds:0.0} ms"));
            Assert.DoesNotContain(reader.Seen, e => e.Name == "gap");
            foreach (var topic in reader.Seen.Where(e => e.Topic == Topics[0] || e.Topic == "orders").GroupBy(e => e.Topic))
                Assert.Equal(Enumerable.Range(0, topic.Count()).Select(i => topic.First().Sequence + i), topic.Select(e => e.Sequence));
            Assert.True(toldMeanwhile > stuck.Count * BytesPerReader, $"too little was told to tell the difference: {toldMeanwhile} bytes");
            Assert.True(grown < stuck.Count * BytesPerReader, $"the server grew by {grown} bytes while {toldMeanwhile} were told to readers who did not read");
            Assert.True(late < TimeSpan.FromSeconds(1), $"one event in a hundred came after {late}");

            // Whoever reads again comes to the newest.
            var last = reader.Seen.Last(e => e.Name == "trade:new").Payload.GetProperty("id").GetString()!;
            foreach (var again in stuck.Take(2))
                await again.ReadUntilAsync($"\"{last}\"", over.Token);

            bool Note(SeenEvent e)
            {
                if (e.Name == "trade:new")
                    delays.Add(DateTimeOffset.UtcNow - e.Payload.GetProperty("timestamp").GetDateTimeOffset());
                if (reader.Seen.Count == FirstWeighed)
                    first.TrySetResult();
                else if (reader.Seen.Count == ThenWeighed)
                    then.TrySetResult();
                return e.IsLast;
            }
        }
        finally
        {
            foreach (var one in stuck)
                one.Dispose();
        }
    }

    static long Told(IEnumerable<SeenEvent> events) => events.Where(e => Topics.Contains(e.Topic)).Sum(e => (long)e.Payload.GetRawText().Length + HeadBytes);
}
