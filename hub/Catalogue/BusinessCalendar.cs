namespace ThreeOneOne.Field.Hub.Catalogue;

/// <summary>
/// When work counts: hours of the week on the city's clocks, without holidays. Pure. Time that passes while it is open is
/// real time, so the day on which the clocks change is an hour longer or shorter.
/// </summary>
public sealed class BusinessCalendar
{
    private readonly TimeZoneInfo zone;
    private readonly IReadOnlyList<OpenHours>[] week;
    private readonly IReadOnlySet<DateOnly> holidays;
    private readonly bool always;

    /// <param name="code">Its name.</param>
    /// <param name="zone">The city's time zone.</param>
    /// <param name="week">Hours of each day from Sunday, ascending and apart; at least one day has some.</param>
    /// <param name="holidays">Days without hours.</param>
    public BusinessCalendar(string code, TimeZoneInfo zone, IReadOnlyList<IReadOnlyList<OpenHours>> week, IReadOnlySet<DateOnly> holidays)
    {
        if (week.Count != 7 || !week.Any(day => day.Any(h => h.To > h.From))) throw new ArgumentException("seven days, of which at least one has hours", nameof(week));
        Code = code;
        this.zone = zone;
        this.week = [.. week];
        this.holidays = holidays;
        always = holidays.Count == 0 && week.All(day => day is [{ From: 0, To: OpenHours.Day }]);
    }

    public string Code { get; }

    public TimeZoneInfo Zone => zone;

    public bool IsOpen(DateTimeOffset at) => Between(at, at.AddTicks(1)) > TimeSpan.Zero;

    /// <summary>The first moment by which this much open time has passed.</summary>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan work)
    {
        if (work <= TimeSpan.Zero) return from;
        if (always) return from + work;
        foreach (var (opens, closes) in SpansFrom(from))
        {
            var span = closes - opens;
            if (work <= span) return opens + work;
            work -= span;
        }

        throw new InvalidOperationException($"calendar {Code} has no more hours");
    }

    /// <summary>Open time from one moment to a later one; none when it is not later.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from) return TimeSpan.Zero;
        if (always) return to - from;
        var total = TimeSpan.Zero;
        foreach (var (opens, closes) in SpansFrom(from))
        {
            if (opens >= to) break;
            total += (closes < to ? closes : to) - opens;
        }

        return total;
    }

    /// <summary>What is open from a moment on, in order and never overlapping.</summary>
    private IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> SpansFrom(DateTimeOffset from)
    {
        var passed = from.ToUniversalTime();
        // A day before the local one: hours that end at midnight may end after it where clocks go back then.
        for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime).AddDays(-1); day < DateOnly.MaxValue; day = day.AddDays(1))
        {
            if (holidays.Contains(day)) continue;
            foreach (var hours in week[(int)day.DayOfWeek])
            {
                var (opens, closes) = (Instant(day, hours.From, last: false), Instant(day, hours.To, last: hours.To < OpenHours.Day));
                if (opens < passed) opens = passed;
                if (closes <= opens) continue;
                passed = closes;
                yield return (opens, closes);
            }
        }
    }

    /// <summary>When the city's clocks show a time; the second time when they show it twice and <paramref name="last"/>.</summary>
    private DateTimeOffset Instant(DateOnly day, int minutes, bool last)
    {
        var local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minutes);
        // Clocks that go forward skip it: then it is when they have.
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = !zone.IsAmbiguousTime(local) ? zone.GetUtcOffset(local)
            : last ? zone.GetAmbiguousTimeOffsets(local).Min() : zone.GetAmbiguousTimeOffsets(local).Max();
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
