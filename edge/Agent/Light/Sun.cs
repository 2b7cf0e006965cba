using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Light;

/// <summary>Where the sun stands: the low-precision formulas of the Astronomical Almanac, good to 0.02° until 2050.</summary>
public static class Sun
{
    private static readonly DateTimeOffset J2000 = new(2000, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Elevation of the sun's centre above the horizon without refraction, degrees.</summary>
    public static double ElevationDeg(DateTimeOffset time, GeoPoint at)
    {
        var days = (time - J2000).TotalDays;
        var meanLongitude = 280.460 + 0.9856474 * days;
        var anomaly = Radians(357.528 + 0.9856003 * days);
        var ecliptic = Radians(meanLongitude + 1.915 * Math.Sin(anomaly) + 0.020 * Math.Sin(2 * anomaly));
        var obliquity = Radians(23.439 - 0.0000004 * days);
        var rightAscension = Math.Atan2(Math.Cos(obliquity) * Math.Sin(ecliptic), Math.Cos(ecliptic));
        var declination = Math.Asin(Math.Sin(obliquity) * Math.Sin(ecliptic));
        var siderealDeg = 280.46062 + 360.98564737 * days;
        var hourAngle = Radians(siderealDeg + at.Longitude) - rightAscension;
        var latitude = Radians(at.Latitude);
        return Math.Asin(Math.Sin(latitude) * Math.Sin(declination)
            + Math.Cos(latitude) * Math.Cos(declination) * Math.Cos(hourAngle)) * 180 / Math.PI;
    }

    private static double Radians(double degrees) => degrees % 360 * Math.PI / 180;
}
