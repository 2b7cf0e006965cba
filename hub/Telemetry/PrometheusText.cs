using System.Globalization;
using System.Text;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>
/// Prometheus' text format 0.0.4, with OpenTelemetry's names turned into Prometheus': units at the end, <c>_total</c> behind what only
/// grows. See https://prometheus.io/docs/instrumenting/exposition_formats/ and
/// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/.
/// </summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IReadOnlyList<MetricSeries> series)
    {
        var to = new StringBuilder();
        // Several hosts in one process have an instrument of the same name each; a name may be described once only.
        foreach (var group in series.GroupBy(s => Name(s)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var all = group.ToList();
            var kind = all[0].Bounds is not null ? "histogram" : all[0].IsSum ? "counter" : "gauge";
            if (all[0].Instrument.Description is { Length: > 0 } help) to.Append(CultureInfo.InvariantCulture, $"# HELP {group.Key} {Help(help)}\n");
            to.Append(CultureInfo.InvariantCulture, $"# TYPE {group.Key} {kind}\n");
            foreach (var cell in all.SelectMany(s => s.Read().Select(c => (Series: s, Cell: c))).DistinctBy(c => c.Cell.Labels)) Write(to, group.Key, cell.Series, cell.Cell);
        }

        return to.ToString();
    }

    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text) labels[Plain(name)] = Value(text);
        }

        return string.Join(',', labels.Select(l => $"{l.Key}=\"{l.Value}\""));
    }

    internal static string Name(MetricSeries series)
    {
        var unit = series.Instrument.Unit switch
        {
            "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", "%" => "_percent", "1" when !series.IsSum => "_ratio", _ => "",
        };
        var name = Plain(series.Instrument.Name);
        if (unit.Length > 0 && !name.EndsWith(unit, StringComparison.Ordinal)) name += unit;
        return series.IsSum && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static void Write(StringBuilder to, string name, MetricSeries series, (string Labels, double Value, long Count, long[] Buckets) cell)
    {
        if (series.Bounds is not { } bounds)
        {
            Line(to, name, cell.Labels, cell.Value);
            return;
        }

        var sum = 0L;
        for (var i = 0; i < cell.Buckets.Length; i++)
        {
            sum += cell.Buckets[i];
            var limit = i < bounds.Length ? bounds[i].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
            Line(to, name + "_bucket", cell.Labels.Length > 0 ? $"{cell.Labels},le=\"{limit}\"" : $"le=\"{limit}\"", sum);
        }

        Line(to, name + "_sum", cell.Labels, cell.Value);
        Line(to, name + "_count", cell.Labels, cell.Count);
    }

    private static void Line(StringBuilder to, string name, string labels, double value)
    {
        to.Append(name);
        if (labels.Length > 0) to.Append('{').Append(labels).Append('}');
        to.Append(' ').Append(value switch
        {
            double.PositiveInfinity => "+Inf", double.NegativeInfinity => "-Inf", double.NaN => "NaN", _ => value.ToString("R", CultureInfo.InvariantCulture),
        }).Append('\n');
    }

    private static string Plain(string name)
    {
        var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return char.IsAsciiDigit(plain[0]) ? "_" + plain : plain;
    }

    private static string Value(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Help(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
