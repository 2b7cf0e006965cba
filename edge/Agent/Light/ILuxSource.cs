using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Light;

/// <summary>Gives illuminance at 5 to 20 Hz: a light sensor or its recorded twin.</summary>
public interface ILuxSource
{
    /// <summary>State of the source; read at any time from any thread.</summary>
    SourceHealth Health { get; }

    /// <summary>Readings in order of time until the recording ends or <paramref name="stop"/> is cancelled. Read once.</summary>
    IAsyncEnumerable<LuxSample> ReadAsync(CancellationToken stop);
}
