using ThreeOneOne.Field.Hub.Assets;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Folds potholes again about which the city's map of its structures says something else now.</summary>
public sealed class FollowStructures(RefoldSites refold) : Reaction<RoadStructuresChanged>
{
    public const string ReactionName = "sites.structures";

    public override string Name => ReactionName;

    protected override void React(WriteScope scope, RoadStructuresChanged hubEvent)
    {
        foreach (var site in hubEvent.At.SelectMany(at => SiteStore.PotholesNear(scope, at, KnownStructures.CoversM + 1)).DistinctBy(s => s.Id).OrderBy(s => s.Id, StringComparer.Ordinal))
            refold.Pothole(scope, site, sampledMs: null);
    }
}
