using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Folds again the sites that a batch of observations or a crew's mark touches, in the caller's transaction.</summary>
public sealed class RefoldSites(SitesOptions options, RoadStructureIndex structures)
{
    public void Lamp(WriteScope scope, string pole, GeoPoint at, long? sampledMs)
    {
        if (SiteSources.FoldLamp(new ObservationStore.Read(scope), pole, at, options) is not { } folded) return;
        Save(scope, SiteStore.Find(scope.Connection, folded.Site.Id, scope.Transaction), folded.Site, [], sampledMs);
    }

    /// <summary>Folds a pothole whose place didn't change: something was said about it.</summary>
    public void Pothole(WriteScope scope, Site before, long? sampledMs)
    {
        var read = new ObservationStore.Read(scope);
        Save(scope, before, SiteSources.FoldPothole(read, before.Id, ShockBinStore.OfSite(read, before.Id), structures, options).Site, [], sampledMs);
    }

    /// <summary>
    /// Adds shocks to the map, divides their neighbourhoods anew, and folds the potholes that came out different or hold a
    /// new shock.
    /// </summary>
    /// <returns>The sites that were folded.</returns>
    public IReadOnlyCollection<string> Potholes(WriteScope scope, IReadOnlyList<Observation> shocks)
    {
        var touched = new SortedDictionary<string, Touch>(StringComparer.Ordinal);
        foreach (var shock in shocks) Divide(scope, shock, touched);
        var read = new ObservationStore.Read(scope);
        foreach (var (id, touch) in touched)
        {
            var bins = ShockBinStore.OfSite(read, id);
            var before = SiteStore.Find(scope.Connection, id, scope.Transaction);
            // One that a shock took over and a later one of the batch set free again stands for itself.
            Save(scope, before, SiteSources.FoldPothole(read, id, bins, structures, options).Site, [.. touch.Formerly.Where(f => !touched.ContainsKey(f))], touch.SampledMs);
        }

        return touched.Keys;
    }

    /// <summary>Folds what a mark that came or went speaks about.</summary>
    public void Marked(WriteScope scope, SiteMark mark)
    {
        if (mark.Pole is { } pole) Lamp(scope, pole, mark.At, sampledMs: null);
        else foreach (var site in SiteStore.PotholesNear(scope, mark.At, options.MarkM + 1)) Pothole(scope, site, sampledMs: null);
    }

    private void Divide(WriteScope scope, Observation shock, SortedDictionary<string, Touch> touched)
    {
        var bins = ShockBinStore.Around(scope, shock.At, PotholeMap.ReadM(options.JoinM)).ToDictionary(b => b.Bin);
        var siteOf = bins.Values.ToDictionary(b => b.First.ToString(), b => b.Bin);
        var bin = Grid.Cell(shock.At, Grid.Finest);
        bins[bin] = bins.TryGetValue(bin, out var known) ? known.With(shock) : ShockBin.Of(shock);
        var gone = new HashSet<string>();
        var now = new Dictionary<long, string>();
        var ids = new HashSet<string>();
        foreach (var (id, members) in new PotholeMap(bins.Values, options.JoinM).Near(shock.At, PotholeMap.ChangesM(options.JoinM)))
        {
            ids.Add(id);
            foreach (var member in members)
            {
                now[member.Bin] = id;
                if (member.Bin != bin && member.Site == id) continue;
                ShockBinStore.Save(scope, member with { Site = id });
                Touch.At(touched, id);
                if (member.Site.Length > 0 && member.Site != id) gone.Add(member.Site);
                if (member.Bin == bin) Touch.At(touched, id).Sampled(shock.DeviceMs);
            }
        }

        var read = new ObservationStore.Read(scope);
        foreach (var old in gone.Order(StringComparer.Ordinal))
        {
            var loser = Touch.At(touched, old);
            // Bins farther away than anything can change may still be its own.
            if (ids.Contains(old) || ShockBinStore.OfSite(read, old).Count > 0) continue;
            // Its founder's bin says who has taken it over.
            var heir = Touch.At(touched, now[siteOf[old[(SiteKind.Pothole.Length + 1)..]]]);
            heir.Formerly.Add(old);
            heir.Formerly.UnionWith(loser.Formerly);
            if (loser.SampledMs is { } sampled) heir.Sampled(sampled);
            touched.Remove(old);
            SiteStore.Delete(scope, old);
        }
    }

    private static void Save(WriteScope scope, Site? before, Site now, IReadOnlyList<string> formerly, long? sampledMs)
    {
        if (now == before && formerly.Count == 0) return;
        SiteStore.Save(scope, now);
        if (now.Supported || before is { Supported: true } || now.NeverBurned || before is { NeverBurned: true } || formerly.Count > 0)
            scope.Raise(new SiteChanged(now.Id, now.Kind, now.Supported, formerly, sampledMs));
    }

    private sealed class Touch
    {
        public long? SampledMs { get; private set; }

        public SortedSet<string> Formerly { get; } = new(StringComparer.Ordinal);

        public static Touch At(SortedDictionary<string, Touch> touched, string id)
        {
            if (!touched.TryGetValue(id, out var touch)) touched[id] = touch = new Touch();
            return touch;
        }

        public void Sampled(long deviceMs) => SampledMs = Math.Max(deviceMs, SampledMs ?? deviceMs);
    }
}
