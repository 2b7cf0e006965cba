using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ThreeOneOne.Field.Agent.Light;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;

namespace ThreeOneOne.Field.Bench.Sensing;

/// <summary>Gives what is put into it, in its order; whoever puts waits until it was taken.</summary>
internal sealed class GivenSource<T> : IAccelerometerSource, ILuxSource
{
    private readonly Channel<T> _readings = Channel.CreateBounded<T>(1);

    public SourceHealth Health { get; } = new(SourceState.Ok);

    public ChannelReader<T> Reader => _readings.Reader;

    public ValueTask PutAsync(T reading, CancellationToken stop) => _readings.Writer.WriteAsync(reading, stop);

    public void End() => _readings.Writer.TryComplete();

    IAsyncEnumerable<AccelBlock> IAccelerometerSource.ReadAsync(CancellationToken stop) => ReadAsync<AccelBlock>(stop);

    IAsyncEnumerable<LuxSample> ILuxSource.ReadAsync(CancellationToken stop) => ReadAsync<LuxSample>(stop);

    private async IAsyncEnumerable<TRead> ReadAsync<TRead>([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var reading in _readings.Reader.ReadAllAsync(stop).ConfigureAwait(false)) yield return (TRead)(object)reading!;
    }
}
