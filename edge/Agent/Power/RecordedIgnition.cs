using System.Runtime.CompilerServices;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Power;

/// <summary>The ignition's recorded twin: lines <c>unixMs,1</c> and <c>unixMs,0</c> from a file or a sender.</summary>
public sealed class RecordedIgnition(IgnitionOptions options, Playback playback, TimeProvider time) : IIgnitionSource
{
    private readonly LineAddress address = LineAddress.Parse(options.Source);
    private readonly SourceMeter meter = new(double.MaxValue, time);

    public SourceHealth Health => meter.Health;

    public async IAsyncEnumerable<bool> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var values = new double[1];
        await foreach (var line in new RecordedLines(address, meter.Missing, meter.Unreadable, time).ReadAsync(stop).ConfigureAwait(false))
        {
            if (!CsvLine.TryRead(line, out var at, values) || values[0] is not (0 or 1))
            {
                if (line.Length > 0) meter.Unreadable();
                continue;
            }

            meter.Heard();
            if (address.Kind == LineAddressKind.File) await playback.DueAsync(at, stop).ConfigureAwait(false);
            meter.Gave();
            yield return values[0] == 1;
        }
    }
}
