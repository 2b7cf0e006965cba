using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Folds again the sites that a batch of observations or a crew's mark touches, in the caller's transaction.</summary>
public sealed class RefoldSites(SitesOptions options)
{
    public void Lamp(WriteScope scope, string pole, GeoPoint at, long? sampledMs)
    {
        if (SiteSources.FoldLamp(new ObservationStore.Read(scope), pole, at, options) is not { } folded) return;
        Save(scope, SiteStore.Find(scope.Connection, folded.Site.Id, scope.Transaction), folded.Site, [], sampledMs);
    }

    /// <summary>Folds a pothole whose members didn't change: something was said about it.</summary>
    public void Pothole(WriteScope scope, Site before, long? sampledMs)
    {
        var read = new ObservationStore.Read(scope);
        Save(scope, before, SiteSources.FoldPothole(read, ObservationStore.OfSite(read, before.Id), options).Site, [], sampledMs);
    }

    /// <summary>
    /// Splits again all shocks that are linked to a new one, and folds the potholes that came out different or hold a new
    /// shock.
    /// </summary>
    /// <returns>Every shock looked at, so that the caller doesn't start from one of them again.</returns>
    public IReadOnlyList<Observation> PotholesAround(WriteScope scope, Observation shock, IReadOnlyDictionary<string, long> sampledByKey)
    {
        var read = new ObservationStore.Read(scope);
        var component = Component(read, shock);
        var founded = PotholeClusters.Split(component, options.JoinM).ToDictionary(members => Site.PotholeId(members[0]));
        var siteOf = founded.SelectMany(f => f.Value.Select(o => (o.Key, Site: f.Key))).ToDictionary(f => f.Key, f => f.Site);
        var takenOver = component.Where(o => o.Site is not null && !founded.ContainsKey(o.Site)).Select(o => o.Site!).Distinct()
            .Order(StringComparer.Ordinal).ToLookup(old => siteOf[old[(SiteKind.Pothole.Length + 1)..]]);
        foreach (var old in takenOver.SelectMany(o => o)) SiteStore.Delete(scope, old);
        foreach (var (id, members) in founded)
        {
            var moved = members.Where(o => o.Site != id).ToList();
            // What left this pothole for another shows as a smaller set: compare with what was stored.
            var lost = component.Any(o => o.Site == id && siteOf[o.Key] != id);
            if (moved.Count == 0 && !lost) continue;
            foreach (var observation in moved) ObservationStore.Assign(scope, observation, id);
            var before = SiteStore.Find(scope.Connection, id, scope.Transaction);
            var sampled = members.Where(o => sampledByKey.ContainsKey(o.Key)).Select(o => (long?)sampledByKey[o.Key]).Max();
            Save(scope, before, SiteSources.FoldPothole(read, members, options).Site, [.. takenOver[id]], sampled);
        }

        return component;
    }

    /// <summary>Folds what a mark that came or went speaks about.</summary>
    public void Marked(WriteScope scope, SiteMark mark)
    {
        if (mark.Pole is { } pole) Lamp(scope, pole, mark.At, sampledMs: null);
        else foreach (var site in SiteStore.PotholesNear(scope, mark.At, options.MarkM + 1)) Pothole(scope, site, sampledMs: null);
    }

    private List<Observation> Component(ObservationStore.Read read, Observation start)
    {
        var byCell = new Dictionary<long, List<Observation>>();
        var found = new Dictionary<string, Observation>();
        var border = new Queue<Observation>();
        border.Enqueue(start);
        while (border.TryDequeue(out var from))
        {
            var around = Grid.Around(from.At, options.LinkM, Grid.Fine);
            var unread = around.Where(cell => byCell.TryAdd(cell, [])).ToList();
            if (unread.Count > 0)
            {
                foreach (var shock in ObservationStore.ShocksIn(read, unread).Where(o => o.Founds))
                    byCell[Grid.Cell(shock.At, Grid.Fine)].Add(shock);
            }

            // The start itself comes back from the database too, with the site that it has there.
            foreach (var next in around.SelectMany(cell => byCell[cell]).Where(o => o.At.DistanceMTo(from.At) <= options.LinkM))
            {
                if (found.TryAdd(next.Key, next)) border.Enqueue(next);
            }
        }

        var component = found.Values.ToList();
        component.Sort(Observation.Canonical);
        return component;
    }

    private static void Save(WriteScope scope, Site? before, Site now, IReadOnlyList<string> formerly, long? sampledMs)
    {
        if (now == before && formerly.Count == 0) return;
        SiteStore.Save(scope, now);
        if (now.Supported || before is { Supported: true } || formerly.Count > 0)
            scope.Raise(new SiteChanged(now.Id, now.Kind, now.Supported, formerly, sampledMs));
    }
}
