using ThreeOneOne.Field.Fleet.Sky;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>
/// The two times of the fleet: the day part drives the latest hours, the night part the nights before them, as many as
/// the run can use up. Each only runs forward. A further run on the same data goes on where the last one ended, while
/// there is time left.
/// </summary>
public sealed class DemoClocks
{
    // What an endless run finds nights for; behind them the night part drives the days too.
    private static readonly TimeSpan Endless = TimeSpan.FromHours(2);

    // An endless run has no end to plan the day for: it falls to the speed of the wall clock when it gets there.
    private static readonly TimeSpan EndlessDay = TimeSpan.FromMinutes(6);

    private static readonly TimeSpan DayBack = TimeSpan.FromHours(3);

    // Vehicles come up, and a run drains.
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(5);

    // Dusk is left out: lamps burn, but sensing waits for the dark.
    private static readonly TimeSpan Dusk = TimeSpan.FromMinutes(15);

    private readonly List<TimeWindow> _nights = [];

    public DemoClocks(TimeProvider time, GeoPoint city, double speed, TimeSpan? length, DemoHistory history)
    {
        var now = time.GetUtcNow();
        Driven = (length ?? Endless) * speed + Spare;
        var enough = (length ?? EndlessDay) * speed + Spare;
        var dayStart = now - (enough > DayBack ? enough : DayBack);
        if (history.Day is { } day && day > dayStart && now - day > enough) dayStart = day;
        Day = new SimulationClock(time, [new(dayStart, DateTimeOffset.MaxValue)], speed);

        // Nights that have wholly passed before the day that is driven: the fleet's two parts don't overtake each other.
        var dark = TimeSpan.Zero;
        for (var before = dayStart; dark < Driven;)
        {
            var (dusk, dawn) = Sun.LastNight(before, city);
            _nights.Insert(0, new TimeWindow(dusk + Dusk, dawn));
            dark += _nights[0].Length;
            before = dusk;
        }

        if (history.Night is { } night) GoOn(night, enough);
        Night = new SimulationClock(time, [.. _nights, new(_nights[^1].End, DateTimeOffset.MaxValue)], speed);
    }

    public SimulationClock Day { get; }

    public SimulationClock Night { get; }

    /// <summary>Simulated time that a whole run takes.</summary>
    public TimeSpan Driven { get; }

    /// <summary>
    /// What is mended is mended for both parts of the fleet at once: from this time on, which neither has behind it.
    /// </summary>
    public DateTimeOffset MendedFrom => Night.Now < Day.Now ? Night.Now : Day.Now;

    /// <summary>The first time from one on at which it stays dark so long; that time itself when the nights are used up.</summary>
    public DateTimeOffset DarkFrom(DateTimeOffset time, TimeSpan length)
    {
        foreach (var night in _nights)
        {
            var start = night.Start > time ? night.Start : time;
            if (start + length <= night.End) return start;
        }

        return time;
    }

    public void Begin()
    {
        Day.Begin();
        Night.Begin();
    }

    public void Stop()
    {
        Day.Stop();
        Night.Stop();
    }

    private void GoOn(DateTimeOffset from, TimeSpan enough)
    {
        List<TimeWindow> rest = [.. _nights.Where(n => n.End > from).Select(n => n.Start > from ? n : n with { Start = from })];
        if (rest.Aggregate(TimeSpan.Zero, (sum, n) => sum + n.Length) < enough) return;
        _nights.Clear();
        _nights.AddRange(rest);
    }
}
