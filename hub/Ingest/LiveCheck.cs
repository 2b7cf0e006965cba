using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>Holds the live lane to the same rules as the durable one.</summary>
public sealed class LiveCheck(IngestOptions options)
{
    // A position or a status has a few hundred bytes; health by source name makes the longest.
    private const int MaxBytes = 16 * 1024;

    /// <exception cref="WireFormatException">It cannot be read.</exception>
    public VehicleStatus ReadStatus(ReadOnlyMemory<byte> payload)
    {
        var status = WireCodec.Decode(Bounded(payload), WireJson.Default.VehicleStatus);
        RequireVersion(status.Version);
        return status;
    }

    /// <returns>Null, or why it is refused.</returns>
    /// <exception cref="WireFormatException">It cannot be read.</exception>
    public string? ReadPosition(ReadOnlyMemory<byte> payload, Vehicle vehicle, DateTimeOffset received, out LivePosition position)
    {
        position = WireCodec.Decode(Bounded(payload), WireJson.Default.LivePosition);
        RequireVersion(position.Version);
        if (vehicle.Kind != VehicleKind.SensorOnly && string.IsNullOrEmpty(position.Shift)) return AsideReason.PositionOffShift;
        var latest = received + options.FutureTolerance;
        if (position.Stamp.DeviceTime > latest || position.Stamp.FixTime > latest) return AsideReason.FutureDated;
        return position.At.IsPlausible ? null : AsideReason.ZeroCoordinate;
    }

    private static ReadOnlyMemory<byte> Bounded(ReadOnlyMemory<byte> payload) =>
        payload.Length <= MaxBytes ? payload : throw new WireFormatException(WireFault.Oversized, $"{payload.Length} bytes; at most {MaxBytes} on the live lane");

    private static void RequireVersion(int version)
    {
        if (version != WireCodec.Version)
            throw new WireFormatException(WireFault.UnknownVersion, $"version {version} of the contract; this hub reads {WireCodec.Version}");
    }
}
