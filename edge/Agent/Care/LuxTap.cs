using System.Runtime.CompilerServices;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Agent.Care;

/// <summary>A light sensor that somebody may listen to beside the one who reads it.</summary>
public sealed class LuxTap(ILuxSource source) : ILuxSource
{
    /// <summary>Raised with each reading before it is handed on. Must return at once.</summary>
    public event Action<LuxSample>? Heard;

    public SourceHealth Health => source.Health;

    public async IAsyncEnumerable<LuxSample> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var sample in source.ReadAsync(stop).ConfigureAwait(false))
        {
            Heard?.Invoke(sample);
            yield return sample;
        }
    }
}
