using ThreeOneOne.Field.Hub.Catalogue;

namespace ThreeOneOne.Field.Hub.Tests.Catalogue;

public sealed class BusinessCalendarTests
{
    private const int Seed = 20261122;

    private static readonly TimeZoneInfo Boston = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Theory]
    // Friday afternoon plus two hours, into Monday; Thanksgiving is a Thursday in between.
    [InlineData("2026-11-20T19:30:00Z", 2, "2026-11-23T13:00:00Z")]
    [InlineData("2026-11-25T20:00:00Z", 1, "2026-11-27T12:30:00Z")]
    // Before opening, at closing, on a Sunday.
    [InlineData("2026-11-23T05:00:00Z", 1, "2026-11-23T13:00:00Z")]
    [InlineData("2026-11-23T20:30:00Z", 1, "2026-11-24T13:00:00Z")]
    [InlineData("2026-11-22T17:00:00Z", 8.5, "2026-11-23T20:30:00Z")]
    // Over the night on which clocks go back and forward: working hours stay where the city's clocks have them.
    [InlineData("2026-10-30T19:00:00Z", 1, "2026-11-02T12:30:00Z")]
    [InlineData("2026-03-06T20:00:00Z", 1, "2026-03-09T11:30:00Z")]
    public void Target_dates_fall_into_working_hours(string from, double hours, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), WorkingDays().Add(DateTimeOffset.Parse(from, null), TimeSpan.FromHours(hours)));

    [Fact]
    public void A_day_on_which_clocks_change_is_an_hour_longer_or_shorter()
    {
        var nights = new BusinessCalendar("nights", Boston, Week([new OpenHours(0, 6 * 60)]), new HashSet<DateOnly>());
        Assert.Equal(7, nights.Between(Midnight(2026, 11, 1, -4), Midnight(2026, 11, 2, -5)).TotalHours);
        Assert.Equal(5, nights.Between(Midnight(2026, 3, 8, -5), Midnight(2026, 3, 9, -4)).TotalHours);
        Assert.Equal(6, nights.Between(Midnight(2026, 3, 9, -4), Midnight(2026, 3, 10, -4)).TotalHours);
    }

    [Fact]
    public void Hours_that_begin_when_clocks_skip_begin_when_they_have()
    {
        var calendar = new BusinessCalendar("early", Boston, Week([new OpenHours(150, 300)]), new HashSet<DateOnly>());
        Assert.Equal(2, calendar.Between(Midnight(2026, 3, 8, -5), Midnight(2026, 3, 9, -4)).TotalHours);
    }

    /// <summary>Against the definition itself: minute by minute, is the city's clock within hours?</summary>
    [Theory]
    [InlineData("America/New_York")]
    [InlineData("Atlantic/Azores")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    public void Between_counts_the_minutes_that_are_open(string zoneName)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);
        var random = new Random(Seed);
        for (var round = 0; round < 12; round++)
        {
            var (calendar, isOpen) = Draw(random, zone, atNight: false);
            var from = Any(random);
            var to = from.AddMinutes(random.Next(6 * 1_440));
            var minutes = 0;
            for (var at = from; at < to; at = at.AddMinutes(1)) minutes += isOpen(TimeZoneInfo.ConvertTime(at, zone).DateTime) ? 1 : 0;
            Assert.Equal(minutes, calendar.Between(from, to).TotalMinutes);
        }
    }

    [Fact]
    public void Add_and_Between_are_each_others_inverse_and_work_adds_up()
    {
        var random = new Random(Seed);
        foreach (var zone in new[] { "America/New_York", "Atlantic/Azores", "Africa/Cairo" }.Select(TimeZoneInfo.FindSystemTimeZoneById))
        {
            for (var round = 0; round < 150; round++)
            {
                var (calendar, _) = Draw(random, zone, atNight: true);
                var from = Any(random);
                var (a, b) = (TimeSpan.FromMinutes(random.Next(1, 5_000)), TimeSpan.FromMinutes(random.Next(1, 5_000)));
                var end = calendar.Add(from, a);
                Assert.Equal(a, calendar.Between(from, end));
                Assert.True(calendar.IsOpen(end.AddTicks(-1)));
                Assert.Equal(calendar.Add(from, a + b), calendar.Add(end, b));
                Assert.Equal(calendar.Between(from, calendar.Add(end, b)), calendar.Between(from, end) + calendar.Between(end, calendar.Add(end, b)));
                Assert.Equal(from, calendar.Add(from, TimeSpan.Zero));
                Assert.Equal(TimeSpan.Zero, calendar.Between(end, from));
            }
        }
    }

    private static BusinessCalendar WorkingDays() =>
        CatalogueFile.Read(new CatalogueOptions().File, Boston).Find("pothole")!.Calendar;

    private static IReadOnlyList<OpenHours>[] Week(IReadOnlyList<OpenHours> day) => [.. Enumerable.Repeat(day, 7)];

    private static DateTimeOffset Midnight(int year, int month, int day, int offset) => new(year, month, day, 0, 0, 0, TimeSpan.FromHours(offset));

    // Around both changes of the clocks of north and south.
    private static DateTimeOffset Any(Random random) =>
        new DateTimeOffset(2026, random.Next(2) == 0 ? 3 : 10, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(45 * 1_440));

    private static (BusinessCalendar Calendar, Func<DateTime, bool> IsOpen) Draw(Random random, TimeZoneInfo zone, bool atNight)
    {
        var earliest = atNight ? 0 : 240;
        var week = Enumerable.Range(0, 7).Select(_ =>
        {
            if (random.Next(3) == 0) return (IReadOnlyList<OpenHours>)[];
            var from = random.Next(earliest, 700);
            var to = random.Next(from + 1, 900);
            return random.Next(2) == 0 ? [new OpenHours(from, to)] : [new OpenHours(from, to), new OpenHours(to + random.Next(1, 100), random.Next(1_010, OpenHours.Day + 1))];
        }).ToArray();
        if (week.All(d => d.Count == 0)) week[1] = [new OpenHours(480, 960)];
        var holidays = Enumerable.Range(0, 5).Select(_ => new DateOnly(2026, random.Next(3, 12), random.Next(1, 29))).ToHashSet();
        return (new BusinessCalendar("drawn", zone, week, holidays),
            local => !holidays.Contains(DateOnly.FromDateTime(local)) && week[(int)local.DayOfWeek].Any(h => local.TimeOfDay.TotalMinutes >= h.From && local.TimeOfDay.TotalMinutes < h.To));
    }
}
