using System.Runtime.CompilerServices;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>A receiver that speaks NMEA 0183: on a serial device, behind a TCP address, or recorded in a file.</summary>
public sealed class NmeaFixSource(PositionOptions options, Playback playback, DeviceClock clock, TimeProvider time) : IFixSource
{
    private readonly LineAddress _address = LineAddress.Parse(options.Source);
    private readonly SourceMeter _meter = new(options.StaleSeconds, time);
    private readonly FixOrder _order = new();

    public SourceHealth Health => _meter.Health;

    public async IAsyncEnumerable<Fix> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        // A live receiver that says a date from before this program has rolled over its week counter.
        var merger = new NmeaMerger(options.NotBefore ?? (_address.Kind == LineAddressKind.File || options.Replay ? null : clock.NotBefore));
        await foreach (var line in new RecordedLines(_address, _meter.Missing, _meter.Unreadable, time).ReadAsync(stop).ConfigureAwait(false))
        {
            var (first, second) = Parse(line, merger);
            if (first is { } a && await FixAsync(a, stop).ConfigureAwait(false) is { } one) yield return one;
            if (second is { } b && await FixAsync(b, stop).ConfigureAwait(false) is { } two) yield return two;
        }

        if (merger.Flush() is { } rest && await FixAsync(rest, stop).ConfigureAwait(false) is { } last) yield return last;
        _meter.Missing("the recording has ended");
    }

    private (NmeaEpoch?, NmeaEpoch?) Parse(string line, NmeaMerger merger)
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

    private async ValueTask<Fix?> FixAsync(NmeaEpoch epoch, CancellationToken stop)
    {
        if (epoch.NoFix is not null) _meter.Unusable(epoch.NoFix);
        if (epoch.At is not { } at || epoch.Time is not { } recorded) return null;
        if (_order.Accept(ref recorded) is { } disorder)
        {
            _meter.Unusable(disorder);
            return null;
        }

        playback.Begin(recorded);
        if (_address.Kind == LineAddressKind.File) await playback.DueAsync(recorded, stop).ConfigureAwait(false);
        var fix = new Fix
        {
            FixTime = await playback.RebasedAsync(recorded, stop).ConfigureAwait(false),
            DeviceTime = clock.Now,
            MonotonicMs = clock.MonotonicMs,
            At = at,
            SpeedMps = epoch.SpeedMps ?? _order.SpeedMpsTo(recorded, at),
            CourseDeg = epoch.CourseDeg is >= 0 and <= 360 ? epoch.CourseDeg % 360 : null,
            Hdop = epoch.Hdop,
            Satellites = epoch.Satellites,
            Replay = playback.Rebases || options.Replay || epoch.Simulated,
            TellsTime = _address.Kind != LineAddressKind.File && !playback.Rebases && !options.Replay && !epoch.Simulated,
            DateCorrected = epoch.DateCorrected,
        };
        _order.Took(recorded, at);
        _meter.Gave();
        return fix;
    }
}
