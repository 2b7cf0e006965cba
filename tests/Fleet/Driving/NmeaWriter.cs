using System.Globalization;
using System.Text;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Driving;

/// <summary>Writes fixes as a receiver does: RMC, GGA and GSA with checksums (NMEA 0183).</summary>
public static class NmeaWriter
{
    private const double KnotsPerMps = 1 / 0.514444;

    /// <summary>The three sentences of one fix, each with its line end.</summary>
    public static string Sentences(DateTimeOffset time, GeoPoint at, double speedMps, double? courseDeg, double hdop, int satellites)
    {
        var utc = time.UtcDateTime;
        var clock = utc.ToString("HHmmss.ff", CultureInfo.InvariantCulture);
        var place = $"{Degrees(at.Latitude, 2)},{(at.Latitude < 0 ? 'S' : 'N')},{Degrees(at.Longitude, 3)},{(at.Longitude < 0 ? 'W' : 'E')}";
        var course = courseDeg is { } c ? Number(c, "0.0") : "";
        var text = new StringBuilder(220);
        Add(text, $"GPRMC,{clock},A,{place},{Number(speedMps * KnotsPerMps, "0.00")},{course},{utc.ToString("ddMMyy", CultureInfo.InvariantCulture)},,,A");
        Add(text, $"GPGGA,{clock},{place},1,{satellites:00},{Number(hdop, "0.0")},12.0,M,-33.0,M,,");
        Add(text, $"GPGSA,A,3,02,05,07,09,13,16,20,26,30,,,,{Number(hdop * 1.7, "0.0")},{Number(hdop, "0.0")},{Number(hdop * 1.4, "0.0")}");
        return text.ToString();
    }

    private static void Add(StringBuilder text, string body)
    {
        var sum = 0;
        foreach (var c in body) sum ^= c;
        text.Append('$').Append(body).Append('*').Append(sum.ToString("X2", CultureInfo.InvariantCulture)).Append("\r\n");
    }

    private static string Degrees(double value, int digits)
    {
        // Rounded as a whole, so that 59.99999 minutes never prints as 60.
        var minutes = Math.Round(Math.Abs(value) * 60, 5);
        var degrees = (int)(minutes / 60);
        return degrees.ToString(new string('0', digits), CultureInfo.InvariantCulture) + Number(minutes - degrees * 60, "00.00000");
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
