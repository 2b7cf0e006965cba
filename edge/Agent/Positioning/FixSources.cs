using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>Chooses the source that an address means.</summary>
public static class FixSources
{
    /// <summary>What the recordings of this vehicle share; a recorded position leads them.</summary>
    public static Playback Play(PositionOptions options, TimeProvider time) =>
        new(options.Pace, options.RebaseTo, options.Source.StartsWith("file:", StringComparison.Ordinal), time);

    /// <exception cref="FormatException">The address has none of the known forms.</exception>
    public static IFixSource Open(PositionOptions options, Playback playback, DeviceClock clock, TimeProvider time)
    {
        if (GpsdAddress.TryParse(options.Source, out var gpsd)) return new GpsdFixSource(gpsd, options, playback, clock, time);
        var address = LineAddress.Parse(options.Source);
        var name = address.Target.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? address.Target[..^3] : address.Target;
        return address.Kind == LineAddressKind.File && name.EndsWith(".gpx", StringComparison.OrdinalIgnoreCase)
            ? new GpxFixSource(options, playback, clock, time)
            : new NmeaFixSource(options, playback, clock, time);
    }
}
