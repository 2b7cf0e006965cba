using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>Listens to the hub's own meters and those of web server and runtime, for <c>/metrics</c>.</summary>
public sealed class MetricsReader : IDisposable
{
    // Those of OpenTelemetry's conventions for durations in seconds.
    private static readonly double[] UsualBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
    private static readonly HashSet<string> Meters =
        [HubSignals.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    private readonly ConcurrentDictionary<Instrument, MetricSeries> series = new();
    private readonly MeterListener listener = new();
    private readonly Lock observing = new();

    // The gauges are made before anybody listens.
    public MetricsReader(HubGauges gauges)
    {
        ArgumentNullException.ThrowIfNull(gauges);
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (Meters.Contains(instrument.Meter.Name)) l.EnableMeasurementEvents(instrument, series.GetOrAdd(instrument, Make));
        };
        listener.MeasurementsCompleted = (instrument, _) => series.Remove(instrument, out var _);
        Hear<byte>(v => v);
        Hear<short>(v => v);
        Hear<int>(v => v);
        Hear<long>(v => v);
        Hear<float>(v => v);
        Hear<double>(v => v);
        Hear<decimal>(v => (double)v);
        listener.Start();
    }

    /// <summary>All there is, as Prometheus reads it.</summary>
    public string Read()
    {
        lock (observing)
        {
            listener.RecordObservableInstruments();
            return PrometheusText.Write([.. series.Values]);
        }
    }

    public void Dispose() => listener.Dispose();

    private static MetricSeries Make(Instrument instrument)
    {
        var isHistogram = instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Histogram<>);
        return new MetricSeries(instrument, isHistogram ? (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries?.ToArray() ?? UsualBounds : null);
    }

    private void Hear<T>(Func<T, double> number)
        where T : struct =>
        listener.SetMeasurementEventCallback<T>((_, value, tags, state) => (state as MetricSeries)?.Record(number(value), tags));
}
