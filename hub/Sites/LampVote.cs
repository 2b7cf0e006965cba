using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>What one pass under a street light says, in log-odds that it is out.</summary>
internal static class LampVote
{
    // No single pass is surer than this of what it saw: 98 in 100.
    private const double Most = 4;

    // Below these a pass cannot tell. More for out: what makes a light look dark a little, another light beside it or the place of
    // its pole, does so in every pass.
    private const double LeastLit = 0.7;
    private const double LeastOut = 1.7;

    /// <param name="observation">The pass.</param>
    /// <param name="expected">What this very light shows when it burns.</param>
    public static double Of(Observation observation, LampExpectation expected)
    {
        if (observation.Likelihoods is null) return OfVerdict(observation);
        var odds = expected.ThatItWasOut(observation);
        return odds is > -LeastLit and < LeastOut ? 0 : Math.Clamp(odds, -Most, Most);
    }

    // Vehicles that send no likelihoods.
    private static double OfVerdict(Observation observation) => (LampVerdict)observation.Verdict switch
    {
        LampVerdict.Dark => Odds.OfConfidence(observation.Confidence),
        LampVerdict.Lit => -Odds.OfConfidence(observation.Confidence),
        _ => 0,
    };
}
