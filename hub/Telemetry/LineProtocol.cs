using System.Globalization;
using System.Text;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>
/// Points as InfluxDB line protocol, milliseconds. All numbers go out as floats, because a store refuses a field whose type changes.
/// See https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/.
/// </summary>
public static class LineProtocol
{
    /// <returns>False when the point has no field, and so no line.</returns>
    public static bool Write(StringBuilder to, Point point)
    {
        var fields = point.Fields.Where(f => f.Value is { } value && double.IsFinite(value)).ToList();
        if (fields.Count == 0) return false;
        Escape(to, point.Measurement, isMeasurement: true);
        // A store indexes tags that are in order faster.
        foreach (var (name, value) in point.Tags.Where(t => !string.IsNullOrWhiteSpace(t.Value)).OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            to.Append(',');
            Escape(to, name);
            to.Append('=');
            Escape(to, value!);
        }

        var separator = ' ';
        foreach (var (name, value) in fields)
        {
            to.Append(separator);
            Escape(to, name);
            to.Append('=').Append(value!.Value.ToString("R", CultureInfo.InvariantCulture));
            separator = ',';
        }

        to.Append(' ').Append(point.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)).Append('\n');
        return true;
    }

    private static void Escape(StringBuilder to, string text, bool isMeasurement = false)
    {
        var start = to.Length;
        foreach (var c in text)
        {
            switch (c)
            {
                // A backslash cannot be escaped, and one before what follows would escape that.
                case '\\':
                    to.Append('/');
                    break;
                case < ' ' or '\u007f':
                    to.Append('\\').Append(' ');
                    break;
                case ' ' or ',':
                    to.Append('\\').Append(c);
                    break;
                case '=' when !isMeasurement:
                    to.Append('\\').Append(c);
                    break;
                // A line that begins so is a comment.
                case '#' when isMeasurement && to.Length == start:
                    to.Append('_');
                    break;
                default:
                    to.Append(c);
                    break;
            }
        }
    }
}
