using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Coverage;

/// <summary>Adds each new observation to its street's hour. An observation beside no street is of no street.</summary>
public sealed class ProjectCoverage(StreetMap streets) : IProjection
{
    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        SortedDictionary<(long HourMs, string Segment), StreetSums>? hours = null;
        foreach (var stored in records)
        {
            if (StreetSums.Of(stored.Record) is not { } sums || SegmentOf(stored.Record) is not { } segment) continue;
            hours ??= [];
            var key = (StreetHour.HourOf(stored.Record.Stamp.Effective).ToUnixTimeMilliseconds(), segment);
            hours[key] = hours.GetValueOrDefault(key) + sums;
        }

        if (hours is null) return;
        foreach (var ((hourMs, segment), sums) in hours) CoverageStore.Add(scope, segment, hourMs, sums);
    }

    private string? SegmentOf(WireRecord record)
    {
        // Vehicles without a crew name their segment; a map that has moved on does not know it any more.
        var (named, at) = record switch
        {
            { Roughness: { } stretch } => (stretch.Segment, Middle(stretch.From, stretch.To)),
            { Shock: { } shock } => (shock.Segment, shock.At),
            { Lamp: { } lamp } => (lamp.Segment, lamp.At),
            _ => (null, default),
        };
        if (named is not null && streets.Segment(named) is not null) return named;
        return at.IsPlausible ? streets.Locate(at)?.Segment : null;
    }

    private static GeoPoint Middle(GeoPoint a, GeoPoint b) => new((a.Latitude + b.Latitude) / 2, (a.Longitude + b.Longitude) / 2);
}
