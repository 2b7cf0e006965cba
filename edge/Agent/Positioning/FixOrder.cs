using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>
/// Keeps fixes in order of time. Some receivers say the new day's date a second late; one that corrects its calendar
/// steps by more than a moment and is believed.
/// </summary>
internal sealed class FixOrder
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private (DateTimeOffset Time, GeoPoint At)? _last;

    /// <returns>Null when the fix is good; else why it is left out.</returns>
    public string? Accept(ref DateTimeOffset time)
    {
        if (_last is not { } last) return null;
        var ahead = time + Day - last.Time;
        if (ahead > TimeSpan.Zero && ahead < Moment) time += Day;
        return time <= last.Time && time > last.Time - Moment ? "fixes out of order" : null;
    }

    /// <summary>Speed from the previous fix, for receivers that give none, m/s.</summary>
    public double SpeedMpsTo(DateTimeOffset time, GeoPoint at) =>
        _last is { } last && time > last.Time && time - last.Time < Moment
            ? last.At.DistanceMTo(at) / (time - last.Time).TotalSeconds
            : 0;

    public void Took(DateTimeOffset time, GeoPoint at) => _last = (time, at);
}
