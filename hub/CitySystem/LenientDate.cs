using System.Globalization;
using System.Text.RegularExpressions;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>Reads the times that cities write: with and without zone, colon, fraction, seconds or time of day.</summary>
public static partial class LenientDate
{
    /// <param name="text">What the city wrote.</param>
    /// <param name="zone">Where a time without a zone is meant.</param>
    /// <returns>Null when it is no time.</returns>
    public static DateTimeOffset? Parse(string? text, TimeZoneInfo zone)
    {
        if (text is null || Shape().Match(text.Trim()) is not { Success: true } m) return null;
        if (!int.TryParse(m.Groups["y"].Value, out var year) || year is < 1970 or > 9000) return null;
        var month = Part(m, "mo");
        var day = Part(m, "d");
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        var (hour, minute, second) = (Part(m, "h"), Part(m, "mi"), Part(m, "s"));
        if (hour > 23 || minute > 59 || second > 60) return null;
        var local = new DateTime(year, month, day, hour, minute, Math.Min(second, 59), DateTimeKind.Unspecified);
        if (m.Groups["f"] is { Success: true, Value: var fraction })
            local = local.AddSeconds(double.Parse("0." + fraction, CultureInfo.InvariantCulture));
        if (m.Groups["z"].Success) return new DateTimeOffset(local, TimeSpan.Zero);
        if (!m.Groups["oh"].Success) return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        var offset = new TimeSpan(Part(m, "oh"), Part(m, "om"), 0);
        if (offset > TimeSpan.FromHours(14)) return null;
        return new DateTimeOffset(local, m.Groups["sign"].Value == "-" ? -offset : offset).ToUniversalTime();
    }

    private static int Part(Match match, string group) => match.Groups[group] is { Success: true } part ? int.Parse(part.Value, CultureInfo.InvariantCulture) : 0;

    // A plus that nobody escaped arrives as a space.
    [GeneratedRegex(@"^(?<y>[0-9]{4})-(?<mo>[0-9]{1,2})-(?<d>[0-9]{1,2})(?:[T ](?<h>[0-9]{1,2}):(?<mi>[0-9]{2})(?::(?<s>[0-9]{2})(?:[.,](?<f>[0-9]{1,9}))?)?)?(?:\s*(?<z>[Zz])|(?<sign>[+\- ])(?<oh>[0-9]{2}):?(?<om>[0-9]{2})?)?$")]
    private static partial Regex Shape();
}
