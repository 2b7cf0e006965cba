using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Sky;

/// <summary>How much light the moon gives (leading terms of the Astronomical Almanac's low-precision formulas, good to a degree).</summary>
public static class Moon
{
    private const double FullLux = 0.25;

    /// <summary>Illuminance on a level sensor, lux: 0 below the horizon, a quarter of a lux under a full moon overhead.</summary>
    public static double Lux(DateTimeOffset time, GeoPoint at)
    {
        const double Rad = Math.PI / 180;
        var days = (time.ToUniversalTime() - new DateTimeOffset(2000, 1, 1, 12, 0, 0, TimeSpan.Zero)).TotalDays;
        var longitude = (218.316 + 13.176396 * days + 6.289 * Math.Sin((134.963 + 13.064993 * days) * Rad)) * Rad;
        var latitude = 5.128 * Math.Sin((93.272 + 13.229350 * days) * Rad) * Rad;
        var sun = (280.460 + 0.9856474 * days + 1.915 * Math.Sin((357.528 + 0.9856003 * days) * Rad)) * Rad;
        var tilt = 23.439 * Rad;
        var declination = Math.Asin(Math.Sin(latitude) * Math.Cos(tilt) + Math.Cos(latitude) * Math.Sin(tilt) * Math.Sin(longitude));
        var ascension = Math.Atan2(Math.Sin(longitude) * Math.Cos(tilt) - Math.Tan(latitude) * Math.Sin(tilt), Math.Cos(longitude));
        var sidereal = (18.697374558 + 24.06570982441908 * days) * 15 * Rad + at.Longitude * Rad;
        var here = at.Latitude * Rad;
        var sine = Math.Sin(here) * Math.Sin(declination) + Math.Cos(here) * Math.Cos(declination) * Math.Cos(sidereal - ascension);
        var full = (1 - Math.Cos(longitude - sun) * Math.Cos(latitude)) / 2;
        // Half a moon gives a tenth of a full one's light.
        return sine <= 0 ? 0 : FullLux * sine * Math.Pow(full, 3.3);
    }
}
