using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>Folds again what is known of a light, in the caller's transaction.</summary>
public sealed class RefoldLights(SitesOptions sites, PoleIndex poles)
{
    public void Run(WriteScope scope, string pole)
    {
        if (poles.Find(pole) is not { } light) return;
        var read = new ObservationStore.Read(scope);
        if (SiteSources.FoldLamp(read, pole, light.At, sites) is { } folded) StreetLightStore.Save(scope, Read(light, folded.Site, folded.Votes));
    }

    /// <summary>Pure: equal passes give an equal reading.</summary>
    public static PoleReading Read(StreetLight light, Site site, IReadOnlyList<Vote> votes)
    {
        var passes = votes.Select(v => v.Observation).ToList();
        var expected = LampExpectation.Learn(passes);
        var told = votes.Where(v => v.Weight != 0).Select(v => v.Observation.FixMs).DefaultIfEmpty(0).Max();
        var doubt = votes.Where(v => v.Weight == 0 && v.Observation.Doubt is not null).GroupBy(v => v.Observation.Doubt)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key).FirstOrDefault();
        var state = PoleFold.Of(passes, site, light.Lamps, light.At.Longitude);
        return new PoleReading(light.Pole, state, expected.Usual, passes.Count, site.LastMs, told, doubt);
    }
}
