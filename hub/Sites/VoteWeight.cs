using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// The weight of one observation in log-odds. A confidence c stands for a probability of 0.5 + 0.45 c that the verdict is
/// right: 0 says nothing, 1 says 95 %, because no single pass is certain.
/// </summary>
public static class VoteWeight
{
    public static double Of(Observation observation, SitesOptions options) => observation.Kind switch
    {
        ObservationKind.Lamp => (LampVerdict)observation.Verdict switch
        {
            LampVerdict.Dark => LogOdds(observation.Confidence),
            LampVerdict.Lit => -LogOdds(observation.Confidence),
            _ => 0,
        },
        ObservationKind.Shock => (ShockKind)observation.Verdict switch
        {
            ShockKind.Pothole => LogOdds(observation.Confidence),
            ShockKind.Unknown => LogOdds(observation.Confidence) * options.UnknownShockShare,
            _ => -LogOdds(observation.Confidence) * options.OtherKindShare,
        },
        ObservationKind.Roughness => observation.Verdict == 0 ? -options.SmoothPassWeight : 0,
        _ => 0,
    };

    private static double LogOdds(double confidence)
    {
        var p = 0.5 + 0.45 * Math.Clamp(confidence, 0, 1);
        return Math.Log(p / (1 - p));
    }
}
