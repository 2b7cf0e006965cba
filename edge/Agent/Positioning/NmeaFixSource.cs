using System.Runtime.CompilerServices;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>A receiver that speaks NMEA 0183: on a serial device, behind a TCP address, or recorded in a file.</summary>
public sealed class NmeaFixSource(PositionOptions options, Playback playback, DeviceClock clock, TimeProvider time) : IFixSource
{
    private readonly LineAddress _address = LineAddress.Parse(options.Source);
    private readonly SourceMeter _meter = new(options.StaleSeconds, time);

    public SourceHealth Health => _meter.Health;

    public async IAsyncEnumerable<Fix> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        // A live receiver that says a date from before this program has rolled over its week counter.
        var fixes = new EpochFixes(options, playback, _address.Kind == LineAddressKind.File, clock, _meter);
        var merger = new NmeaMerger(options.NotBefore ?? (_address.Kind == LineAddressKind.File || options.Replay ? null : clock.NotBefore));
        await foreach (var line in new RecordedLines(_address, _meter.Missing, _meter.Unreadable, time).ReadAsync(stop).ConfigureAwait(false))
        {
            var (first, second) = Parse(line, merger);
            if (first is { } a && await fixes.FixAsync(a, stop).ConfigureAwait(false) is { } one) yield return one;
            if (second is { } b && await fixes.FixAsync(b, stop).ConfigureAwait(false) is { } two) yield return two;
        }

        if (merger.Flush() is { } rest && await fixes.FixAsync(rest, stop).ConfigureAwait(false) is { } last) yield return last;
        _meter.Missing("the recording has ended");
    }

    private (GpsEpoch?, GpsEpoch?) Parse(string line, NmeaMerger merger)
    {
        if (line.Length == 0) return default;
        if (!NmeaSentence.TryRead(line, out var sentence))
        {
            _meter.Unreadable();
            return default;
        }

        _meter.Heard();
        return merger.Add(sentence);
    }
}
