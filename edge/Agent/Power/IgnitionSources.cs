using ThreeOneOne.Field.Agent.Gpio;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Power;

/// <summary>Chooses the source that an address means.</summary>
public static class IgnitionSources
{
    /// <exception cref="FormatException">The address has none of the known forms.</exception>
    public static IIgnitionSource Open(IgnitionOptions options, Playback playback, TimeProvider time) =>
        GpioAddress.TryParse(options.Source, out var pin) ? new GpioIgnition(new GpioBoard(), pin, time)
        : SupplyIgnition.NameIn(options.Source) is { } supply ? new SupplyIgnition(SupplyIgnition.Supplies, supply, time)
        : LineAddress.Parse(options.Source) is { Kind: LineAddressKind.Device } ? new InputIgnition(options.Source, options.Code, time)
        : new RecordedIgnition(options, playback, time);
}
