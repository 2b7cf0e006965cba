using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ThreeOneOne.Field.Hub;

/// <summary>What the hub measures and traces of itself, each named once, by OpenTelemetry's conventions. Never a vehicle, a crew or a place.</summary>
public static class HubSignals
{
    /// <summary>Name of meter and activity source.</summary>
    public const string Name = "ThreeOneOne.Field.Hub";

    public static readonly ActivitySource Traces = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Records that vehicles sent, by <c>outcome</c>: stored, duplicate, aside.</summary>
    public static readonly Counter<long> Records = Meter.CreateCounter<long>("field.ingest.records", "{record}", "Records that vehicles sent");

    /// <summary>From reading a batch of messages to its commit.</summary>
    public static readonly Histogram<double> IngestDuration = Meter.CreateHistogram<double>("field.ingest.batch.duration", "s", "From reading a batch to its commit");
}
