using ThreeOneOne.Field.Fleet.Sky;
using ThreeOneOne.Field.Fleet.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Demo;

/// <summary>
/// The two times of the fleet: the day part drives the latest hours, the night part the latest night that has wholly
/// passed. A further run on the same data goes on where the last one ended, while there is time left.
/// </summary>
public sealed class DemoClocks
{
    private static readonly TimeSpan DayBack = TimeSpan.FromHours(3);

    // Dusk is left out: lamps burn, but sensing waits for the dark.
    private static readonly TimeSpan Dusk = TimeSpan.FromMinutes(15);

    public DemoClocks(TimeProvider time, GeoPoint city, double speed, TimeSpan? length, DemoHistory history)
    {
        var now = time.GetUtcNow();
        // An endless run has no end to plan for: it falls to the speed of the wall clock when it gets there.
        var needed = (length ?? TimeSpan.FromMinutes(6)) * speed + TimeSpan.FromMinutes(5);
        var dayStart = now - (needed > DayBack ? needed : DayBack);
        if (history.Day is { } day && day > dayStart && now - day > needed) dayStart = day;
        Day = new SimulationClock(time, dayStart, speed, DateTimeOffset.MaxValue);

        var (dusk, dawn) = Sun.LastNight(now, city);
        var nightStart = dusk + Dusk;
        if (history.Night is { } night && night > nightStart && dawn - night > needed) nightStart = night;
        Night = new SimulationClock(time, nightStart, speed, dawn);
    }

    public SimulationClock Day { get; }

    public SimulationClock Night { get; }

    /// <summary>
    /// What is mended is mended for both parts of the fleet at once: from this time on, which neither has behind it.
    /// </summary>
    public DateTimeOffset MendedFrom => Night.Now < Day.Now ? Night.Now : Day.Now;

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
}
