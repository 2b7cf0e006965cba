using System.Globalization;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Recordings;

/// <summary>
/// Reads a lux log of the form <c>lat,lon,lux</c>: degrees and minutes as DDMM.mmmm, longitude west without its sign,
/// any line end.
/// </summary>
public static class LuxLog
{
    public static IReadOnlyList<(GeoPoint At, double Lux)> Read(string text)
    {
        List<(GeoPoint, double)> readings = [];
        foreach (var line in text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split(',');
            if (fields.Length != 3 || !Number(fields[0], out var lat) || !Number(fields[1], out var lon) || !Number(fields[2], out var lux)) continue;
            var at = new GeoPoint(Degrees(lat), -Degrees(lon));
            if (at.IsPlausible && lux >= 0) readings.Add((at, lux));
        }

        return readings;
    }

    private static bool Number(string text, out double value) => double.TryParse(text, CultureInfo.InvariantCulture, out value);

    private static double Degrees(double dm) => Math.Truncate(dm / 100) + dm % 100 / 60;
}
