using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>What one pass under a street light says, in log-odds that it is out.</summary>
internal static class LampVote
{
    public static double Of(Observation observation) => (LampVerdict)observation.Verdict switch
    {
        LampVerdict.Dark => Odds.OfConfidence(observation.Confidence),
        LampVerdict.Lit => -Odds.OfConfidence(observation.Confidence),
        _ => 0,
    };
}
