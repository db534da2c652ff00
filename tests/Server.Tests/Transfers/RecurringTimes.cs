using System.Text;
using MyTradeX.Contracts.Trading;
using MyTradeX.Server.Features.Accounts;
using MyTradeX.Server.Features.Transfers;
using Xunit;

namespace MyTradeX.Server.Tests.Transfers;

public sealed class RecurringTimes
{
    [Theory]
    [InlineData(RecurrenceFrequency.Daily, 1, "2026-03-28T09:00:00", "2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z")]
    [InlineData(RecurrenceFrequency.Daily, 3, "2026-03-28T09:00:00", "2026-03-30T00:00:00Z", "2026-03-31T07:00:00Z")]
    [InlineData(RecurrenceFrequency.Weekly, 2, "2026-01-05T09:00:00", "2026-01-05T08:00:00Z", "2026-01-19T08:00:00Z")]
    [InlineData(RecurrenceFrequency.Monthly, 1, "2026-01-31T09:00:00", "2026-01-31T08:00:00Z", "2026-02-28T08:00:00Z")]
    [InlineData(RecurrenceFrequency.Monthly, 1, "2026-01-31T09:00:00", "2026-02-28T08:00:00Z", "2026-03-31T07:00:00Z")]
    [InlineData(RecurrenceFrequency.Monthly, 12, "2028-02-29T09:00:00", "2030-01-01T00:00:00Z", "2030-02-28T08:00:00Z")]
    [InlineData(RecurrenceFrequency.Daily, 1, "2026-03-28T02:30:00", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z")]
    [InlineData(RecurrenceFrequency.Daily, 1, "2026-10-24T02:30:00", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData(RecurrenceFrequency.Daily, 1, "2026-10-24T02:30:00", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData(RecurrenceFrequency.Daily, 1, "2026-01-01T09:00:00", "2036-01-01T08:00:00Z", "2036-01-02T08:00:00Z")]
    public void are_counted_from_the_first_on_the_clock_of_the_place(RecurrenceFrequency frequency, int interval, string anchor, string after, string next)
    {
        var recurrence = new Recurrence(frequency, interval, Time(anchor), Berlin, null);

        Assert.Equal(Instant(next), recurrence.After(Instant(after)));
        Assert.Equal(recurrence, Recurrence.Parse(recurrence.ToString()));
    }

    [Fact]
    public void end_with_their_last_day()
    {
        var recurrence = new Recurrence(RecurrenceFrequency.Daily, 1, Time("2026-01-01T23:30:00"), Berlin, new(2026, 1, 3));

        Assert.Equal(Instant("2026-01-03T22:30:00Z"), recurrence.After(Instant("2026-01-02T22:30:00Z")));
        Assert.Null(recurrence.After(Instant("2026-01-03T22:30:00Z")));
        Assert.Equal(recurrence, Recurrence.Parse(recurrence.ToString()));
    }

    [Fact]
    public void never_stand_still_and_never_go_back()
    {
        var random = new Random(23);
        var zones = TimeZoneInfo.GetSystemTimeZones();
        for (var i = 0; i < 2_000; i++)
        {
            var recurrence = new Recurrence((RecurrenceFrequency)random.Next(3), random.Next(1, 100), Time("2026-01-01T00:00:00").AddMinutes(random.Next(525_600)), zones[random.Next(zones.Count)].Id, null);
            var at = Recurrence.Instant(recurrence.Anchor, TimeZoneInfo.FindSystemTimeZoneById(recurrence.ZoneId));
            for (var times = 0; times < 20; times++)
            {
                var next = recurrence.After(at);
                Assert.True(next > at, $"{recurrence}: {next} follows {at}");
                at = next.Value;
            }
        }
    }

    [Fact]
    public void fit_the_exchange_for_every_zone_with_a_name_of_ordinary_length() => Assert.All(
        TimeZoneInfo.GetSystemTimeZones().Where(zone => zone.Id.Length <= 32),
        zone => Assert.InRange(Encoding.UTF8.GetByteCount(new Recurrence(RecurrenceFrequency.Monthly, 99, Time("2026-01-01T00:00:00"), zone.Id, new(2030, 1, 1)).ToString()), 1, 64));

    [Fact]
    public void of_a_place_that_this_machine_does_not_know_can_be_shown_but_not_counted()
    {
        var recurrence = Recurrence.Parse("M1;20260131T090000;Europe/Atlantis;");

        Assert.Equal("Europe/Atlantis", recurrence.Show().TimeZone);
        Assert.Throws<TimeZoneNotFoundException>(() => recurrence.After(Instant("2026-02-01T00:00:00Z")));
    }

    [Fact]
    public void account_numbers_betray_a_mistyped_or_swapped_digit()
    {
        for (var id = 1L; id < 20_000; id = (id * 3) + 1)
        {
            var number = AccountNumber.Of(id);
            Assert.True(AccountNumber.TryParse(number.Insert(4, " "), out var read) && read == id);
            for (var i = 0; i < number.Length; i++)
            {
                for (var digit = '0'; digit <= '9'; digit++)
                    if (digit != number[i]) Assert.False(AccountNumber.TryParse($"{number[..i]}{digit}{number[(i + 1)..]}", out _));
                if (i > 0 && number[i] != number[i - 1]) Assert.False(AccountNumber.TryParse($"{number[..(i - 1)]}{number[i]}{number[i - 1]}{number[(i + 1)..]}", out _));
            }
        }
        Assert.False(AccountNumber.TryParse("", out _));
        Assert.False(AccountNumber.TryParse("99999999999999999999999", out _));
    }

    const string Berlin = "Europe/Berlin";

    static DateTime Time(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
