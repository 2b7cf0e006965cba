using System.Runtime.CompilerServices;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Care;

/// <summary>An accelerometer that somebody may listen to beside the one who reads it.</summary>
public sealed class AccelerometerTap(IAccelerometerSource source) : IAccelerometerSource
{
    /// <summary>Raised with each block before it is handed on. Must return at once.</summary>
    public event Action<AccelBlock>? Heard;

    public SourceHealth Health => source.Health;

    public async IAsyncEnumerable<AccelBlock> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var block in source.ReadAsync(stop).ConfigureAwait(false))
        {
            Heard?.Invoke(block);
            yield return block;
        }
    }
}
