using System.Globalization;

namespace ThreeOneOne.Field.Agent.Recordings;

/// <summary>One line of a sensor's recording: <c>unixMs,value,…</c>, with a decimal point whatever the locale.</summary>
internal static class CsvLine
{
    // 2000-01-01 to 2100-01-01: anything else is not a time of this recording.
    private const long FirstMs = 946_684_800_000;
    private const long LastMs = 4_102_444_800_000;

    /// <summary>Reads the time and exactly as many finite values as <paramref name="values"/> holds.</summary>
    public static bool TryRead(string line, out DateTimeOffset at, Span<double> values)
    {
        at = default;
        var rest = line.AsSpan().Trim();
        var comma = rest.IndexOf(',');
        if (comma < 0 || !double.TryParse(rest[..comma], NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) || !(ms is > FirstMs and < LastMs))
            return false;
        at = DateTimeOffset.UnixEpoch.AddTicks((long)(ms * TimeSpan.TicksPerMillisecond));
        rest = rest[(comma + 1)..];
        for (var i = 0; i < values.Length; i++)
        {
            comma = rest.IndexOf(',');
            if (comma < 0 != (i == values.Length - 1)) return false;
            var field = comma < 0 ? rest : rest[..comma];
            if (!double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i])) return false;
            rest = comma < 0 ? default : rest[(comma + 1)..];
        }

        return true;
    }
}
