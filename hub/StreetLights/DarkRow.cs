using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Streets;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>
/// Neighbouring lights of one street that are dark and may have gone dark together: a fuse, a cable or a time switch, not forty
/// lamps. The inventory names no circuits, so the street does. Two that are known to have gone out at different times, because
/// one was seen to burn after the other was dark, are two faults.
/// </summary>
public sealed class DarkRow(StreetLightsOptions options, SitesOptions sites, PoleIndex poles, StreetMap streets)
{
    /// <summary>The row of a dark light, itself included, by id of the pole; no row when they are too few.</summary>
    public IReadOnlyList<string> Of(WriteScope scope, string pole)
    {
        if (poles.Find(pole) is not { } first) return [];
        var read = new ObservationStore.Read(scope);
        var row = new SortedDictionary<string, (StreetLight Light, DarkSince Since)>(StringComparer.Ordinal);
        var queue = new Queue<StreetLight>([first]);
        row[pole] = (first, Since(first));
        while (queue.TryDequeue(out var light) && row.Count < options.RowMost)
        {
            var street = streets.Locate(light.At)?.Street;
            var near = poles.Near(light.At, options.RowGapM).Where(n => !row.ContainsKey(n.Pole)).ToList();
            if (near.Count == 0) continue;
            var dark = SiteStore.DarkAmong(scope, [.. near.Select(n => n.Pole)]).ToHashSet();
            foreach (var next in near.Where(n => dark.Contains(n.Pole)))
            {
                if (street is not null && streets.Locate(next.At)?.Street != street) continue;
                var since = Since(next);
                if (!since.MayBeAsOld(row[pole].Since)) continue;
                row[next.Pole] = (next, since);
                queue.Enqueue(next);
            }
        }

        return row.Count < options.RowPoles ? [] : [.. row.Keys];

        DarkSince Since(StreetLight light) =>
            SiteSources.FoldLamp(read, light.Pole, light.At, sites) is { } folded ? DarkSince.Of(folded.Votes) : new DarkSince(long.MinValue, long.MaxValue);
    }
}
