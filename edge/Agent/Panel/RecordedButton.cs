using System.Runtime.CompilerServices;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Panel;

/// <summary>A button's recorded twin: lines <c>unixMs,1</c> and <c>unixMs,0</c> from a file or a sender.</summary>
public sealed class RecordedButton(ButtonOptions options, Playback playback, TimeProvider time) : IButtonSource
{
    private readonly LineAddress address = LineAddress.Parse(options.Source);
    private readonly SourceMeter meter = new(double.MaxValue, time);

    public SourceHealth Health => meter.Health;

    public async IAsyncEnumerable<ButtonEdge> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var recorded = new RecordedSwitch(address, playback, meter.Missing, meter.Unreadable, meter.Heard, time);
        await foreach (var (down, at) in recorded.ReadAsync(stop).ConfigureAwait(false))
        {
            meter.Gave();
            yield return new ButtonEdge(down, at.ToUnixTimeMilliseconds());
        }
    }
}
