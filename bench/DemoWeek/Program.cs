using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Bench.DemoWeek;
using MyTradeX.Store;
using MyTradeX.Venue;
using MyTradeX.Venue.Demo;

// How much disk a demo takes that is left on: the real venue with the real demo market and SQLite in a temporary folder, lived through hour
// by hour at the present's pace of orders. Only the clock is made: it moves on by an hour when an hour has been played. What is given up,
// and when, is left to the venue's own clean-up, which gets one of its looks an hour here and 3,600 in life.
var hours = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 7 * 24;
const long Bound = 1_000_000_000;

var folder = Directory.CreateTempSubdirectory("mytradex-demo-week-").FullName;
try
{
    var clock = new HourClock(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));
    await using var database = Database.Create(StoreOptions.Sqlite(Path.Combine(folder, "store.db")));
    await database.MigrateAsync();
    await using var venue = await Venue.OpenAsync(new VenueOptions { JournalFolder = Path.Combine(folder, "journal") }, database, clock, NullLogger.Instance);

    var started = Stopwatch.GetTimestamp();
    var largest = new DiskUse();
    for (var hour = 1; hour <= hours; hour++)
    {
        clock.Advance(TimeSpan.FromHours(1));
        var market = await DemoMarket.StartAsync(venue, new DemoOptions { PastSlowness = 1, Seed = hour }, clock, NullLogger.Instance);
        largest = Larger(largest, DiskUse.Of(folder));
        await market.DisposeAsync();
        await venue.WaitForHistoryAsync(venue.Sequence, TimeSpan.FromMinutes(1));
        // A little more than the second after which the venue looks whether there is something to give up.
        await Task.Delay(1_200);
        var use = DiskUse.Of(folder);
        largest = Larger(largest, use);
        if (hour % 12 == 0 || hour == hours)
            Console.WriteLine(FormattableString.Invariant($"{hour,4} h  {venue.Sequence,11:N0} commands  {use}; managed {GC.GetTotalMemory(forceFullCollection: true) / 1e6:N0} MB"));
    }
    Console.WriteLine(FormattableString.Invariant($"{hours} hours in {Stopwatch.GetElapsedTime(started).TotalMinutes:N1} min. The most at any look: {largest}"));
    Console.WriteLine(largest.Total < Bound ? "Under 1 GB throughout." : "NOT under 1 GB.");
    return largest.Total < Bound ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static DiskUse Larger(DiskUse one, DiskUse other) => one.Total >= other.Total ? one : other;
