using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>The last five minutes of fixes, to place samples on.</summary>
internal sealed class FixTrail(double maxGapSeconds)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly List<Fix> _fixes = [];

    /// <summary>GPS time of the newest fix; samples after it wait.</summary>
    public DateTimeOffset? Newest => _fixes.Count == 0 ? null : _fixes[^1].FixTime;

    public void Add(Fix fix)
    {
        // A calendar that steps backwards: what was before has another time base.
        if (Newest >= fix.FixTime) _fixes.Clear();
        _fixes.Add(fix);
        if (_fixes.Count > 3000 || (_fixes.Count > 60 && fix.FixTime - _fixes[30].FixTime > Kept)) _fixes.RemoveRange(0, 30);
    }

    /// <summary>Null when no two fixes near enough in time enclose the sample: then nothing can be said about its place.</summary>
    public Place? At(DateTimeOffset time)
    {
        var low = 0;
        var high = _fixes.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_fixes[middle].FixTime < time) low = middle + 1;
            else high = middle;
        }

        if (low >= _fixes.Count) return null;
        var b = _fixes[low];
        if (b.FixTime == time) return new Place(time, b.At, b.SpeedMps, b.CourseDeg, b.Hdop, b.Replay);
        if (low == 0) return null;
        var a = _fixes[low - 1];
        var gap = (b.FixTime - a.FixTime).TotalSeconds;
        if (gap > maxGapSeconds) return null;
        var share = (time - a.FixTime).TotalSeconds / gap;
        return new Place(
            time,
            new GeoPoint(a.At.Latitude + share * (b.At.Latitude - a.At.Latitude), a.At.Longitude + share * (b.At.Longitude - a.At.Longitude)),
            a.SpeedMps + share * (b.SpeedMps - a.SpeedMps),
            share < 0.5 ? a.CourseDeg ?? b.CourseDeg : b.CourseDeg ?? a.CourseDeg,
            a.Hdop is null || b.Hdop is null ? a.Hdop ?? b.Hdop : Math.Max(a.Hdop.Value, b.Hdop.Value),
            a.Replay || b.Replay);
    }
}
