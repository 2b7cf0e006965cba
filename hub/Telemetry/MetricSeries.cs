using System.Diagnostics.Metrics;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>What one instrument has measured so far, apart by its tags. Any thread may record.</summary>
internal sealed class MetricSeries(Instrument instrument, double[]? bounds)
{
    // An instrument whose tags come from outside must not fill the memory.
    private const int MostTagSets = 1_000;
    private const string Overflow = "overflow=\"true\"";

    private readonly Dictionary<string, Cell> cells = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public Instrument Instrument => instrument;

    public double[]? Bounds => bounds;

    /// <summary>True for what only grows.</summary>
    public bool IsSum { get; } = instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() is { } kind
        && (kind == typeof(Counter<>) || kind == typeof(ObservableCounter<>));

    /// <summary>True when a measurement says all of it, not what was added.</summary>
    public bool IsWhole { get; } = instrument.IsObservable || (instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Gauge<>));

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusText.Labels(tags);
        lock (gate)
        {
            if (!cells.TryGetValue(labels, out var cell))
            {
                if (cells.Count >= MostTagSets) labels = Overflow;
                if (!cells.TryGetValue(labels, out cell)) cells[labels] = cell = new Cell(bounds?.Length + 1 ?? 0);
            }

            cell.Value = IsWhole ? value : cell.Value + value;
            if (bounds is null) return;
            cell.Count++;
            var bucket = Array.BinarySearch(bounds, value);
            cell.Buckets[bucket < 0 ? ~bucket : bucket]++;
        }
    }

    /// <summary>A copy, in the order of labels.</summary>
    public List<(string Labels, double Value, long Count, long[] Buckets)> Read()
    {
        lock (gate) return [.. cells.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, c.Value.Value, c.Value.Count, (long[])c.Value.Buckets.Clone()))];
    }

    private sealed class Cell(int buckets)
    {
        public double Value { get; set; }

        public long Count { get; set; }

        public long[] Buckets { get; } = new long[buckets];
    }
}
