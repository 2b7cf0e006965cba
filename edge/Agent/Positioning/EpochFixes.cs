using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Recordings;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>Makes fixes of what a receiver said about each moment: in order, when due, on the vehicle's clocks.</summary>
internal sealed class EpochFixes(PositionOptions options, Playback playback, bool recorded, DeviceClock clock, SourceMeter meter)
{
    private readonly FixOrder order = new();

    /// <returns>Null when the moment has no fix; the meter knows why.</returns>
    public async ValueTask<Fix?> FixAsync(GpsEpoch epoch, CancellationToken stop)
    {
        if (epoch.NoFix is not null) meter.Unusable(epoch.NoFix);
        if (epoch.At is not { } at || epoch.Time is not { } said) return null;
        if (order.Accept(ref said) is { } disorder)
        {
            meter.Unusable(disorder);
            return null;
        }

        playback.Begin(said);
        if (recorded) await playback.DueAsync(said, stop).ConfigureAwait(false);
        var live = !recorded && !playback.Rebases && !options.Replay && !epoch.Simulated;
        var fix = new Fix
        {
            FixTime = await playback.RebasedAsync(said, stop).ConfigureAwait(false),
            DeviceTime = clock.Now,
            MonotonicMs = clock.MonotonicMs,
            At = at,
            SpeedMps = epoch.SpeedMps ?? order.SpeedMpsTo(said, at),
            CourseDeg = epoch.CourseDeg is >= 0 and <= 360 ? epoch.CourseDeg % 360 : null,
            Hdop = epoch.Hdop,
            Satellites = epoch.Satellites,
            Replay = playback.Rebases || options.Replay || epoch.Simulated,
            TellsTime = live,
            PulseMonotonicMs = live && epoch.Pulse is { } pulse ? clock.MonotonicMsAt(pulse.System + (said - pulse.Gps)) : null,
            DateCorrected = epoch.DateCorrected,
        };
        order.Took(said, at);
        meter.Gave();
        return fix;
    }
}
