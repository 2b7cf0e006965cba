using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Fleet.Vehicles;

/// <summary>
/// Takes what a simulated vehicle's sensors give: into an agent of this process, or over sockets to an agent of its own.
/// Never waits; when nobody reads, the oldest is dropped, as a real sensor's readings are.
/// </summary>
public interface ISensorFeed
{
    void Fix(DateTimeOffset time, GeoPoint at, double speedMps, double? courseDeg, double hdop, int satellites);

    /// <param name="first">Time of the first sample.</param>
    /// <param name="step">Time between samples.</param>
    /// <param name="samples">Vehicle frame, m/s², z up with gravity.</param>
    void Motion(DateTimeOffset first, TimeSpan step, ReadOnlySpan<(float X, float Y, float Z)> samples);

    void Light(DateTimeOffset time, double lux);

    /// <summary>Hands on what was collected: called once after each stretch of simulation.</summary>
    void Flush();
}
