using System.Globalization;

namespace ThreeOneOne.Field.Hub.Imports;

/// <summary>Reads the times in a city's files.</summary>
public static class RowTime
{
    private const int FarthestYears = 50;
    private static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Iso = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    /// <param name="text">A text in one of the formats, or in ISO 8601.</param>
    /// <param name="formats">The file's own, as .NET writes them.</param>
    /// <param name="zone">Of texts that name none.</param>
    /// <param name="now">What the future is counted from.</param>
    /// <returns>Null for what is no time, or none that a city's file has: before 1990, or in 50 years.</returns>
    public static DateTimeOffset? Read(string text, string[] formats, TimeZoneInfo zone, DateTimeOffset now) =>
        DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var local)
            || DateTime.TryParseExact(text, Iso, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out local) ? Sane(local, zone, now) : null;

    private static DateTimeOffset? Sane(DateTime time, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (time.Kind != DateTimeKind.Utc)
        {
            // The hour that a change of the clock leaves out is written by systems that do not know of it.
            if (zone.IsInvalidTime(time)) time = time.AddHours(1);
            time = TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), zone);
        }

        var at = new DateTimeOffset(time, TimeSpan.Zero);
        return at >= Earliest && at < now.AddYears(FarthestYears) ? at : null;
    }
}
