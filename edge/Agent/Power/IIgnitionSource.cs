using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Power;

/// <summary>Says whether the ignition is on: a pin, an input device, a power supply, or their recorded twin.</summary>
public interface IIgnitionSource
{
    /// <summary>State of the source; read at any time from any thread.</summary>
    SourceHealth Health { get; }

    /// <summary>
    /// Where it stands when it is opened, then each change, as it flickers, until the recording ends or <paramref name="stop"/> is cancelled.
    /// One that cannot be read says so in <see cref="Health"/> and is opened again for ever. Read once.
    /// </summary>
    IAsyncEnumerable<bool> ReadAsync(CancellationToken stop);
}
