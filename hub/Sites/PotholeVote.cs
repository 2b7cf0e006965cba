using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>What one observation says about a pothole, in log-odds that it is there.</summary>
internal static class PotholeVote
{
    public static double Of(Observation observation, SitesOptions options) => observation.Kind switch
    {
        ObservationKind.Shock => (ShockKind)observation.Verdict switch
        {
            ShockKind.Pothole => Odds.OfConfidence(observation.Confidence),
            ShockKind.Unknown => Odds.OfConfidence(observation.Confidence) * options.UnknownShockShare,
            _ => -Odds.OfConfidence(observation.Confidence) * options.OtherKindShare,
        },
        ObservationKind.Roughness => observation.Verdict == 0 ? -options.SmoothPassWeight : 0,
        _ => 0,
    };
}
