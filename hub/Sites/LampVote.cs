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
    private const double LeastBeside = 0.7;

    // One that is surer than this lets such passes count that would not by themselves.
    private const double Sure = 3;

    /// <param name="observation">The pass.</param>
    /// <param name="expected">What this very light shows when it burns.</param>
    public static double Of(Observation observation, LampExpectation expected)
    {
        if (observation.Likelihoods is null) return OfVerdict(observation);
        var odds = expected.ThatItWasOut(observation);
        return odds > -LeastLit && odds < LeastBeside ? 0 : Math.Clamp(odds, -Most, Most);
    }

    /// <summary>
    /// Takes out what says too little: passes that find it out, but hardly, count only where one between the same passes that saw it
    /// burn is sure of it.
    /// </summary>
    /// <param name="inOrder">In canonical order.</param>
    /// <param name="said">What each says; changed in place.</param>
    public static void Sift(IReadOnlyList<Observation> inOrder, double[] said)
    {
        for (var first = 0; first < said.Length;)
        {
            var end = first;
            while (end < said.Length && said[end] >= 0) end++;
            if (!said.AsSpan(first, end - first).ContainsAnyInRange(Sure, Most))
            {
                for (var i = first; i < end; i++)
                {
                    if (inOrder[i].Likelihoods is not null && said[i] < LeastOut) said[i] = 0;
                }
            }

            first = end + 1;
        }
    }

    // Vehicles that send no likelihoods.
    private static double OfVerdict(Observation observation) => (LampVerdict)observation.Verdict switch
    {
        LampVerdict.Dark => Odds.OfConfidence(observation.Confidence),
        LampVerdict.Lit => -Odds.OfConfidence(observation.Confidence),
        _ => 0,
    };
}
