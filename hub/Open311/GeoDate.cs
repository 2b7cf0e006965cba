using System.Globalization;
using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>
/// Dates of GeoReport: written in one way (UTC, whole seconds, Z), because fractions and <c>+0000</c> break real clients;
/// read in all the ways in which real clients write them.
/// </summary>
/// <param name="At">Whole seconds.</param>
/// <param name="HasZone">False: it was read as the city's own time.</param>
internal readonly partial record struct GeoDate(DateTimeOffset At, bool HasZone)
{
    /// <summary>Earlier and later ones are taken for these: programs send the ends of their own calendars for "all".</summary>
    private const int FirstYear = 1970;
    private const int LastYear = 9_000;

    public static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <param name="text">Date only, without zone, with fractions, or with a <c>+</c> that arrived as a space.</param>
    /// <param name="zone">The city's: dates without zone are local.</param>
    /// <param name="end">A date without time is then the end of its day, not its beginning.</param>
    public static GeoDate? TryRead(string text, TimeZoneInfo zone, bool end)
    {
        var match = Lenient().Match(text.Trim());
        if (!match.Success) return null;
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        var year = Math.Clamp(Part("year"), FirstYear, LastYear);
        var (month, day) = (Part("month"), Part("day"));
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        var hasTime = match.Groups["hour"].Success;
        var (hour, minute) = (Part("hour"), Part("minute"));
        // A leap second is the second before it.
        var second = Math.Min(Part("second"), 59);
        if (hour > 23 || minute > 59) return null;
        var local = new DateTime(year, month, day, hour, minute, second);
        if (!hasTime && end) local = local.AddDays(1).AddSeconds(-1);
        if (!match.Groups["zone"].Success) return new GeoDate(new DateTimeOffset(local, zone.GetUtcOffset(local)), HasZone: false);
        return Offset(match.Groups["zone"].Value) is { } offset ? new GeoDate(new DateTimeOffset(local, offset), HasZone: true) : null;
    }

    private static TimeSpan? Offset(string zone)
    {
        if (zone is "Z" or "z") return TimeSpan.Zero;
        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal);
        var hours = int.Parse(digits.AsSpan(0, 2), CultureInfo.InvariantCulture);
        var minutes = digits.Length > 2 ? int.Parse(digits.AsSpan(2, 2), CultureInfo.InvariantCulture) : 0;
        if (hours > 14 || minutes > 59 || (hours == 14 && minutes > 0)) return null;
        var offset = new TimeSpan(hours, minutes, 0);
        return zone[0] == '-' ? -offset : offset;
    }

    [GeneratedRegex(@"^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})(?:[Tt ](?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:[.,][0-9]+)?)?(?: ?(?<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)|(?<zone> [0-9]{2}:?[0-9]{2}))?)?$")]
    private static partial Regex Lenient();
}
