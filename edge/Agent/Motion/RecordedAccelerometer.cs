using System.Runtime.CompilerServices;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Motion;

/// <summary>An accelerometer's recorded twin: lines <c>unixMs,x,y,z</c> from a file or a sender.</summary>
public sealed class RecordedAccelerometer(MotionOptions options, Playback playback, DeviceClock clock, TimeProvider time) : IAccelerometerSource
{
    // No road sensor reaches this (16 g): a larger value is a broken line.
    private const double LimitMps2 = 160;

    private readonly LineAddress _address = LineAddress.Parse(options.Source);
    private readonly SourceMeter _meter = new(options.StaleSeconds, time);

    public SourceHealth Health => _meter.Health;

    public async IAsyncEnumerable<AccelBlock> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var samples = new List<AccelSample>(options.BlockSamples);
        var values = new double[3];
        DateTimeOffset last = default;
        await foreach (var line in new RecordedLines(_address, _meter.Missing, _meter.Unreadable, time).ReadAsync(stop).ConfigureAwait(false))
        {
            if (!CsvLine.TryRead(line, out var at, values) || values.Any(v => Math.Abs(v) > LimitMps2))
            {
                if (line.Length > 0) _meter.Unreadable();
                continue;
            }

            last = at;
            _meter.Heard();
            samples.Add(new AccelSample(await playback.RebasedAsync(at, stop).ConfigureAwait(false), (float)values[0], (float)values[1], (float)values[2]));
            if (samples.Count < options.BlockSamples) continue;
            if (_address.Kind == LineAddressKind.File) await playback.DueAsync(last, stop).ConfigureAwait(false);
            yield return Block();
        }

        if (samples.Count > 0) yield return Block();

        AccelBlock Block()
        {
            var block = new AccelBlock(clock.Now, clock.MonotonicMs, samples.ToArray());
            samples.Clear();
            _meter.Gave(block.Samples.Count);
            return block;
        }
    }
}
