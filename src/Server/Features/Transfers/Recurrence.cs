using System.Globalization;
using MyTradeX.Contracts.Trading;
using MyTradeX.Core;

namespace MyTradeX.Server.Features.Transfers;

/// <summary>
/// When a transfer happens again: every so many days, weeks or months at a time of day on the clock of a place. Travels through the exchange as text of at most
/// <see cref="Text64.MaxBytes"/> bytes, such as <c>M1;20260131T090000;Europe/Berlin;20271231</c>.
/// </summary>
/// <param name="Frequency">What is counted.</param>
/// <param name="Interval">Every so many, 1 to <see cref="IntervalMax"/>.</param>
/// <param name="Anchor">The first time, on the clock of the place. All others are counted from it, so that the 31st stays the 31st after a shorter month.</param>
/// <param name="ZoneId">The place, by its IANA name. Looked up only to count: a machine that lacks it can still show what was agreed.</param>
/// <param name="Until">The last day, or null.</param>
internal sealed record Recurrence(RecurrenceFrequency Frequency, int Interval, DateTime Anchor, string ZoneId, DateOnly? Until)
{
    public const int IntervalMax = 99;

    const string AnchorFormat = "yyyyMMdd'T'HHmmss", DayFormat = "yyyyMMdd";

    /// <summary>The first time after an instant, or null when there is none any more.</summary>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the place.</exception>
    public DateTimeOffset? After(DateTimeOffset instant)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(ZoneId);
        var there = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        // Where counting can begin: a little before, since a clock may have been set back.
        var count = Math.Max(1, Elapsed(there) / Interval - 1);
        while (true)
        {
            var next = At(count++);
            if (next is not { } day || (Until is { } until && DateOnly.FromDateTime(day) > until))
                return null;
            if (Instant(day, zone) is var found && found > instant)
                return found;
        }
    }

    /// <summary>A time on the clock of a place as an instant. A time that the clock skips is moved on by what it skips; of one that comes twice the first counts.</summary>
    public static DateTimeOffset Instant(DateTime there, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(there))
        {
            var (before, after) = (zone.GetUtcOffset(there.AddHours(-3)), zone.GetUtcOffset(there.AddHours(3)));
            there += after - before;
        }
        var offset = zone.IsAmbiguousTime(there) ? zone.GetAmbiguousTimeOffsets(there).Max() : zone.GetUtcOffset(there);
        return new(there, offset);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Frequency.ToString()[0]}{Interval};{Anchor.ToString(AnchorFormat, CultureInfo.InvariantCulture)};{ZoneId};{Until?.ToString(DayFormat, CultureInfo.InvariantCulture)}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static Recurrence Parse(string text)
    {
        var parts = text.Split(';');
        if (parts is not [{ Length: > 1 } rule, var anchor, var zone, var until])
            throw new FormatException($"'{text}' is no recurrence.");
        var frequency = Enum.GetValues<RecurrenceFrequency>().First(value => value.ToString()[0] == rule[0]);
        return new(frequency, int.Parse(rule.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture), DateTime.ParseExact(anchor, AnchorFormat, CultureInfo.InvariantCulture),
            zone, until.Length == 0 ? null : DateOnly.ParseExact(until, DayFormat, CultureInfo.InvariantCulture));
    }

    public RecurrenceDto Show() => new() { Frequency = Frequency, Interval = Interval, TimeZone = ZoneId, Until = Until };

    // Null beyond the calendar.
    DateTime? At(int count)
    {
        try
        {
            return Frequency switch
            {
                RecurrenceFrequency.Daily => Anchor.AddDays((double)count * Interval),
                RecurrenceFrequency.Weekly => Anchor.AddDays(7.0 * count * Interval),
                _ => Anchor.AddMonths(count * Interval),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    int Elapsed(DateTime there) => Frequency switch
    {
        RecurrenceFrequency.Daily => (int)(there - Anchor).TotalDays,
        RecurrenceFrequency.Weekly => (int)((there - Anchor).TotalDays / 7),
        _ => (there.Year - Anchor.Year) * 12 + there.Month - Anchor.Month,
    };
}
