using ThreeOneOne.Field.Hub.Sites;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>
/// How much better a light's passes are explained when it became weaker one night and stayed so than when it always burned as it does. Whatever is
/// not known of it is summed over: its level, the hours at which it is dimmed, how its passes scatter, how much was lost and since when.
/// </summary>
internal static class Weakening
{
    /// <summary>Fewest passes before it and since, and nights since: one of them may still be of before, and one night alone its vehicles' doing.</summary>
    public const int Fewest = 3;
    public const int FewestNights = 3;

    // Levels are told apart in steps of a tenth of a natural logarithm, from a tenth of the usual light to five times.
    private const double Step = 0.1;
    private const int Levels = 40;
    private const double Spread = 0.6;

    // Half the light is so many steps.
    private const int HalfSteps = 7;

    // Of Student's distribution: a lorry or a headlight in one pass in twenty.
    private const double Freedom = 3;

    // How passes scatter about a light's level beyond what each knows of its own error: natural logarithms. Trees and places differ.
    private static readonly double[] Scatters = [0.1, 0.17, 0.28];

    // What is left of one luminaire that grows weak.
    private static readonly double[] LeftOfOne = [1 / 4.0, 1 / 3.0, 1 / 2.0];

    /// <param name="seen">Passes in which it burned, in canonical order.</param>
    /// <param name="luminaires">On the pole: of several, one or more went out.</param>
    /// <returns>Natural log-odds; negative infinity where there are too few passes or nights.</returns>
    public static double OddsOf(IReadOnlyList<SeenShare> seen, int luminaires)
    {
        var splits = Splits(seen);
        if (splits.Length == 0) return double.NegativeInfinity;
        var losses = (luminaires > 1 ? Enumerable.Range(1, luminaires - 1).Select(n => (double)n / luminaires) : LeftOfOne)
            .Select(left => (int)Math.Round(-Math.Log(left) / Step)).Distinct().ToArray();
        double same = double.NegativeInfinity, weaker = double.NegativeInfinity;
        foreach (var scatter in Scatters)
        {
            // Of a light at each level, from the lowest that the lowest loss and dimming together can come down to.
            var lowest = -losses.Max() - HalfSteps;
            var fits = seen.Select(s => Fits(s, scatter, lowest)).ToArray();
            for (var plan = 0; plan < LampExpectation.Plans.Length; plan++)
            {
                var steps = seen.Select(s => (s.Hour >= LampExpectation.DimsFrom[plan] && s.Hour < LampExpectation.DimsUntil ? -HalfSteps : 0) - lowest).ToArray();
                for (var level = 0; level < Levels; level++)
                {
                    var log = Math.Log(0.1) + level * Step;
                    var prior = -log * log / (2 * Spread * Spread) + Math.Log(LampExpectation.Plans[plan]);
                    var upTo = new double[seen.Count + 1];
                    for (var i = 0; i < seen.Count; i++) upTo[i + 1] = upTo[i] + fits[i][level + steps[i]];
                    same = Sum(same, prior + upTo[^1]);
                    foreach (var loss in losses)
                    {
                        var since = 0.0;
                        var next = splits.Length - 1;
                        for (var i = seen.Count - 1; next >= 0; i--)
                        {
                            since += fits[i][level + steps[i] - loss];
                            if (i != splits[next]) continue;
                            weaker = Sum(weaker, prior + upTo[i] + since - Math.Log(losses.Length * splits.Length));
                            next--;
                        }
                    }
                }
            }
        }

        return weaker - same;
    }

    // Where a night begins, with enough on both sides.
    private static int[] Splits(IReadOnlyList<SeenShare> seen) =>
        [.. Enumerable.Range(Fewest, Math.Max(0, seen.Count - 2 * Fewest + 1))
            .Where(i => seen[i].Night != seen[i - 1].Night && seen.Skip(i).Select(s => s.Night).Distinct().Count() >= FewestNights)];

    private static double[] Fits(in SeenShare seen, double scatter, int lowest)
    {
        var variance = scatter * scatter + seen.Sigma * seen.Sigma;
        var fits = new double[Levels - lowest];
        for (var i = 0; i < fits.Length; i++)
        {
            var off = seen.Log - Math.Log(0.1) - (i + lowest) * Step;
            fits[i] = -0.5 * Math.Log(variance) - (Freedom + 1) / 2 * Math.Log(1 + off * off / variance / Freedom);
        }

        return fits;
    }

    // Of two numbers of which the logarithms are known.
    private static double Sum(double a, double b)
    {
        var most = Math.Max(a, b);
        return double.IsNegativeInfinity(most) ? most : most + Math.Log(Math.Exp(a - most) + Math.Exp(b - most));
    }
}
