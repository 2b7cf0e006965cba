using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>What vehicles said about a place that a crew repaired, since its repair has settled.</summary>
/// <param name="Supported">The evidence carries a defect there again.</param>
/// <param name="Passes">One vote for each pass, in canonical order.</param>
public sealed record RepairedPlace(bool Supported, IReadOnlyList<Vote> Passes)
{
    /// <summary>Passes without the defect, and with it.</summary>
    public int Clear => Passes.Count(v => v.Weight < 0);

    public int Found => Passes.Count(v => v.Weight > 0);

    /// <summary>Sum of what they say, log-odds: below 0 the repair holds.</summary>
    public double Evidence => Passes.Sum(v => v.Weight);

    /// <summary>Different vehicles among those that found the place clear.</summary>
    public int ClearVehicles => Passes.Where(v => v.Weight < 0).Select(v => v.Observation.Vehicle).Distinct().Count();

    /// <summary>Folds the place as it is now, from the marks of one work order.</summary>
    public static RepairedPlace Read(WriteScope scope, IReadOnlyList<SiteMark> marks, RoadStructureIndex structures, SitesOptions options)
    {
        var read = new ObservationStore.Read(scope);
        var folds = new List<(Site Site, IReadOnlyList<Vote> Votes)>();
        foreach (var mark in marks)
        {
            if (mark.Pole is { } pole)
            {
                if (SiteSources.FoldLamp(read, pole, mark.At, options) is { } lamp) folds.Add(lamp);
                continue;
            }

            var near = SiteStore.PotholesNear(scope, mark.At, options.MarkM);
            if (near.Count == 0) folds.Add(SiteSources.FoldPlace(read, mark.At, structures, options));
            folds.AddRange(near.Select(s => SiteSources.FoldPothole(read, s.Id, ShockBinStore.OfSite(read, s.Id), structures, options)));
        }

        // What a crew found elsewhere, or before, spends nothing of this repair's.
        var passes = folds.SelectMany(f => f.Votes)
            .Where(v => v.Counted && marks.All(m => !m.Spends(v.Observation, options.SettleMs(m.Kind))))
            .DistinctBy(v => v.Observation.Key).ToList();
        passes.Sort((a, b) => Observation.Canonical(a.Observation, b.Observation));
        return new RepairedPlace(folds.Exists(f => f.Site.Supported), passes);
    }
}
