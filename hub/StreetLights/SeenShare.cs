using ThreeOneOne.Field.Hub.Sites;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>What one pass under a light that burns measured of it.</summary>
/// <param name="Night">By the sun's clock, <see cref="SunClock.NightOf"/>.</param>
/// <param name="Hour">By the sun's clock, above 24 after midnight.</param>
/// <param name="Log">Natural logarithm of the share of its fixture's usual light.</param>
/// <param name="Sigma">Of that logarithm: neighbours, the inventory's and the receiver's errors.</param>
internal readonly record struct SeenShare(long Night, double Hour, double Log, double Sigma)
{
    // No pass is surer: likelihoods come in tenths at ten shares.
    private const double Surest = 0.03;
    private const double Step = 0.05;
    private const double Beyond = 0.35;

    private static readonly double[] Logs = [.. LampLadder.Shares.Skip(1).Select(share => Math.Log(share))];

    /// <returns>Null when the pass measured nothing, or fits no light that burns.</returns>
    public static SeenShare? Of(Observation observation, double longitude)
    {
        if (observation.Likelihoods is not { } tenths || tenths.Count != LampLadder.Shares.Count) return null;
        double weight = 0, first = 0, second = 0;
        var k = 0;
        var steps = (int)((Logs[^1] - Logs[0] + 2 * Beyond) / Step);
        for (var i = 0; i <= steps; i++)
        {
            var x = Logs[0] - Beyond + i * Step;
            while (k < Logs.Length - 2 && x > Logs[k + 1]) k++;
            var between = Math.Clamp((x - Logs[k]) / (Logs[k + 1] - Logs[k]), 0, 1);
            var fits = Math.Exp(-0.1 * ((1 - between) * tenths[k + 1] + between * tenths[k + 2]));
            weight += fits;
            first += fits * x;
            second += fits * x * x;
        }

        if (weight < 1e-9) return null;
        var mean = first / weight;
        var variance = Math.Max(Surest * Surest, second / weight - mean * mean);
        return new SeenShare(SunClock.NightOf(observation.FixMs, longitude), SunClock.HourOf(observation.FixMs, longitude), mean, Math.Sqrt(variance));
    }
}
