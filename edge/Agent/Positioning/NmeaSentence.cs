using System.Globalization;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>One NMEA 0183 sentence with a verified checksum.</summary>
internal readonly ref struct NmeaSentence
{
    private readonly ReadOnlySpan<char> _body;

    private NmeaSentence(ReadOnlySpan<char> body) => _body = body;

    /// <summary>Sentence type without its talker: RMC, GGA, …; empty for a maker's own sentences.</summary>
    public ReadOnlySpan<char> Type => _body.Length >= 5 && _body[0] != 'P' && Field(0).Length == 5 ? _body[2..5] : default;

    /// <summary>
    /// Finds the sentence in a line: it begins at the last <c>$</c>, since a receiver's binary messages may come before
    /// it on one line. False when there is none, or its checksum is missing or wrong.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> line, out NmeaSentence sentence)
    {
        sentence = default;
        var start = line.LastIndexOf('$');
        if (start < 0) return false;
        line = line[(start + 1)..].TrimEnd();
        var star = line.LastIndexOf('*');
        if (star < 5 || star + 3 != line.Length
            || !byte.TryParse(line[(star + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var given)) return false;
        byte sum = 0;
        foreach (var c in line[..star]) sum ^= (byte)c;
        if (sum != given) return false;
        sentence = new NmeaSentence(line[..star]);
        return true;
    }

    /// <summary>A field by its number; 0 is the address. Empty when the sentence has fewer.</summary>
    public ReadOnlySpan<char> Field(int number)
    {
        var rest = _body;
        for (; number > 0; number--)
        {
            var comma = rest.IndexOf(',');
            if (comma < 0) return default;
            rest = rest[(comma + 1)..];
        }

        var end = rest.IndexOf(',');
        return end < 0 ? rest : rest[..end];
    }

    /// <summary>A number, or null for an empty or unreadable field.</summary>
    public double? Number(int field) =>
        double.TryParse(Field(field), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>Time of day from hhmmss or hhmmss.sss.</summary>
    public TimeSpan? TimeOfDay(int field)
    {
        var text = Field(field);
        if (text.Length < 6 || !int.TryParse(text[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text[2..4], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || !double.TryParse(text[4..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            || hours > 23 || minutes > 59 || seconds >= 61) return null;
        return TimeSpan.FromMilliseconds((hours * 60 + minutes) * 60_000L + Math.Round(seconds * 1000));
    }

    /// <summary>Date from ddmmyy; two-digit years from 80 are of the last century, when GPS began.</summary>
    public DateOnly? Date(int field)
    {
        if (!int.TryParse(Field(field), NumberStyles.None, CultureInfo.InvariantCulture, out var ddmmyy) || Field(field).Length != 6) return null;
        var year = ddmmyy % 100 + (ddmmyy % 100 >= 80 ? 1900 : 2000);
        var month = ddmmyy / 100 % 100;
        var day = ddmmyy / 10_000;
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    /// <summary>Degrees from (d)ddmm.mmmm and its hemisphere in the next field.</summary>
    public double? Angle(int field)
    {
        if (Number(field) is not ({ } packed and >= 0)) return null;
        var degrees = Math.Floor(packed / 100);
        var minutes = packed - degrees * 100;
        if (minutes >= 60) return null;
        return Field(field + 1) switch
        {
            "N" or "E" => degrees + minutes / 60,
            "S" or "W" => -(degrees + minutes / 60),
            _ => null,
        };
    }
}
