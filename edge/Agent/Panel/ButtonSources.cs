using ThreeOneOne.Field.Agent.Gpio;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Panel;

/// <summary>Chooses the source that an address means.</summary>
public static class ButtonSources
{
    /// <exception cref="FormatException">The address has none of the known forms.</exception>
    public static IButtonSource Open(ButtonOptions options, Playback playback, TimeProvider time) =>
        GpioAddress.TryParse(options.Source, out var pin) ? new GpioButton(new GpioBoard(), pin, options, time)
        : LineAddress.Parse(options.Source).Kind == LineAddressKind.Device ? new InputButton(options, time) : new RecordedButton(options, playback, time);
}
