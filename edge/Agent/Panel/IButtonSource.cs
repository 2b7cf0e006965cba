using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Panel;

/// <summary>Gives the edges of one physical button: a Linux input device or its recorded twin.</summary>
public interface IButtonSource
{
    /// <summary>State of the source; read at any time from any thread.</summary>
    SourceHealth Health { get; }

    /// <summary>Edges in order, as they bounce, until the recording ends or <paramref name="stop"/> is cancelled. Read once.</summary>
    IAsyncEnumerable<ButtonEdge> ReadAsync(CancellationToken stop);
}
