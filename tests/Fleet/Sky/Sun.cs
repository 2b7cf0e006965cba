using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Sky;

/// <summary>Where the sun stands (low-precision formulas of the Astronomical Almanac, good to 0.1°).</summary>
public static class Sun
{
    /// <summary>Below this the sky adds nothing to a street's light, degrees: the end of civil twilight.</summary>
    public const double NightDeg = -6;

    public static double ElevationDeg(DateTimeOffset time, GeoPoint at)
    {
        const double Rad = Math.PI / 180;
        var days = (time.ToUniversalTime() - new DateTimeOffset(2000, 1, 1, 12, 0, 0, TimeSpan.Zero)).TotalDays;
        var anomaly = (357.528 + 0.9856003 * days) * Rad;
        var longitude = (280.460 + 0.9856474 * days + 1.915 * Math.Sin(anomaly) + 0.020 * Math.Sin(2 * anomaly)) * Rad;
        var tilt = (23.439 - 0.0000004 * days) * Rad;
        var ascension = Math.Atan2(Math.Cos(tilt) * Math.Sin(longitude), Math.Cos(longitude));
        var declination = Math.Asin(Math.Sin(tilt) * Math.Sin(longitude));
        var sidereal = (18.697374558 + 24.06570982441908 * days) * 15 * Rad + at.Longitude * Rad;
        var hour = sidereal - ascension;
        var latitude = at.Latitude * Rad;
        return Math.Asin(Math.Sin(latitude) * Math.Sin(declination) + Math.Cos(latitude) * Math.Cos(declination) * Math.Cos(hour)) / Rad;
    }

    /// <summary>The latest night (sun below <see cref="NightDeg"/>) that has wholly passed.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End) LastNight(DateTimeOffset now, GeoPoint at)
    {
        var step = TimeSpan.FromMinutes(2);
        var end = now;
        while (Night(end)) end -= step;
        while (!Night(end)) end -= step;
        var start = end;
        while (Night(start - step)) start -= step;
        return (start, end);

        bool Night(DateTimeOffset t) => ElevationDeg(t, at) < NightDeg;
    }

    /// <summary>Illuminance of the open sky on a level sensor, lux; about 0 at night.</summary>
    public static double SkyLux(double elevationDeg)
    {
        ReadOnlySpan<(double Deg, double Log)> table = [(-12, -2), (-6, 0.5), (0, 2.6), (10, 4.0), (30, 4.7), (60, 5.0), (90, 5.1)];
        if (elevationDeg <= table[0].Deg) return 0;
        var i = 1;
        while (i < table.Length - 1 && elevationDeg > table[i].Deg) i++;
        var share = (elevationDeg - table[i - 1].Deg) / (table[i].Deg - table[i - 1].Deg);
        return Math.Pow(10, table[i - 1].Log + Math.Min(1, share) * (table[i].Log - table[i - 1].Log));
    }
}
