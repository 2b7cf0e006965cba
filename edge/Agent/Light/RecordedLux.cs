using System.Runtime.CompilerServices;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Light;

/// <summary>A light sensor's recorded twin: lines <c>unixMs,lux</c> from a file or a sender.</summary>
public sealed class RecordedLux(LightOptions options, Playback playback, DeviceClock clock, TimeProvider time) : ILuxSource
{
    // Direct sunlight is 120,000 lx.
    private const double LimitLux = 200_000;

    private readonly LineAddress _address = LineAddress.Parse(options.Source);
    private readonly SourceMeter _meter = new(options.StaleSeconds, time);

    public SourceHealth Health => _meter.Health;

    public async IAsyncEnumerable<LuxSample> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var values = new double[1];
        await foreach (var line in new RecordedLines(_address, _meter.Missing, _meter.Unreadable, time).ReadAsync(stop).ConfigureAwait(false))
        {
            if (!CsvLine.TryRead(line, out var at, values) || values[0] is < 0 or > LimitLux)
            {
                if (line.Length > 0) _meter.Unreadable();
                continue;
            }

            _meter.Heard();
            var rebased = await playback.RebasedAsync(at, stop).ConfigureAwait(false);
            if (_address.Kind == LineAddressKind.File) await playback.DueAsync(at, stop).ConfigureAwait(false);
            _meter.Gave();
            yield return new LuxSample(rebased, values[0], clock.Now, clock.MonotonicMs);
        }
    }
}
