namespace ThreeOneOne.Field.Hub.Telemetry;

/// <summary>What waits for the store, apart by where it goes: a store that refuses vehicles still gets the rest.</summary>
public sealed class TelemetryWaiting(TelemetryOptions options)
{
    public SamplesWaiting Fleet { get; } = new(options);

    public SamplesWaiting Vehicles { get; } = new(options);
}
