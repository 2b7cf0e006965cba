using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Motion;

/// <summary>Gives vertical and horizontal acceleration at 50 to 400 Hz: a sensor or its recorded twin.</summary>
public interface IAccelerometerSource
{
    /// <summary>State of the source; read at any time from any thread.</summary>
    SourceHealth Health { get; }

    /// <summary>Blocks in order of time until the recording ends or <paramref name="stop"/> is cancelled. Read once.</summary>
    IAsyncEnumerable<AccelBlock> ReadAsync(CancellationToken stop);
}
