using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// What one street light shows when it burns, learned from all its passes at once: which share of its fixture's usual light is
/// usual of it. A tree, another wattage, a pole that stands elsewhere than the inventory says: its own history knows. What is
/// broken stays broken, so a row of dark passes is explained by an outage, and no darker light is learned from it.
/// </summary>
public sealed class LampExpectation
{
    // How a burning light's share scatters from pass to pass about what is usual of it: natural logarithms.
    private const double Scatter = 0.35;

    // How lights are spread about their fixture before anything is known of one; and how many show nothing on the street at all.
    private const double Spread = 0.6;
    private const double Unseen = 0.01;

    // A light that is dimmed by the clock, and a pass that shows something else: headlights, a lorry in between.
    private const double Halved = 0.2;
    private const double Strange = 0.03;
    private const double StrangeWhenOut = 0.05;

    // Of the lights when the first pass comes; and from one pass to the next.
    private const double OutAtFirst = 0.05;
    private const double GoesOut = 0.03;
    private const double ComesBack = 0.02;

    // Log-odds from which a pass is taken to have seen it out, or to have seen it burn.
    private const double Looks = 1;
    private const double Burns = -2;

    private static readonly IReadOnlyList<double> Shares = LampLadder.Shares;
    private static readonly double[] Out = [.. Shares.Select(share => share == 0 ? 0.95 : share <= 0.1 ? 0.05 : 0)];
    private static readonly double[] Levels = [0, 0.1, 0.15, 0.2, 0.3, 0.45, 0.65, 1, 1.5, 2.2, 3.3];
    private static readonly double[] Prior = Normalised([.. Levels.Select(level => level == 0 ? 0 : Bell(Math.Log(level), Spread))]);
    private static readonly double[][] Burning = [.. Levels.Select(Kernel)];

    private readonly double[] weights;
    private readonly double most;

    private LampExpectation(double[] weights, double most) => (this.weights, this.most) = (weights, most);

    /// <summary>The share of its fixture's usual light that is likeliest to be usual of it; 0: it shows nothing on the street.</summary>
    public double Usual => Levels[Array.IndexOf(weights, weights.Max())];

    /// <param name="inOrder">Passes in canonical order; those without likelihoods teach nothing.</param>
    public static LampExpectation Learn(IReadOnlyList<Observation> inOrder)
    {
        var logs = Prior.Select((p, level) => Math.Log(Levels[level] == 0 ? Unseen : (1 - Unseen) * p)).ToArray();
        var outs = new double[logs.Length];
        Array.Fill(outs, OutAtFirst);
        foreach (var observation in inOrder)
        {
            if (Chances(observation) is not { } chances) continue;
            var dark = Sum(Out, chances, StrangeWhenOut);
            for (var level = 0; level < logs.Length; level++)
            {
                var burning = Sum(Burning[level], chances, Strange);
                // One that shows nothing on the street shows nothing either when it is out.
                if (Levels[level] == 0)
                {
                    logs[level] += Math.Log(burning);
                    continue;
                }

                // What is broken stays broken: a long row of dark passes is one outage, and no light that never burned.
                var before = outs[level];
                var on = ((1 - before) * (1 - GoesOut) + before * ComesBack) * burning;
                var off = ((1 - before) * GoesOut + before * (1 - ComesBack)) * dark;
                logs[level] += Math.Log(on + off);
                outs[level] = off / (on + off);
            }
        }

        var best = logs.Max();
        var learned = new LampExpectation(Normalised([.. logs.Select(l => Math.Exp(l - best))]), double.MaxValue);
        return new LampExpectation(learned.weights, learned.Trust(inOrder));
    }

    /// <summary>Log-odds that the light was out in a pass; 0 where the pass cannot tell. Less where passes were wrong before.</summary>
    public double ThatItWasOut(Observation observation) => Math.Min(most, OddsByItself(observation));

    /// <summary>The same, however often passes said one thing and then the other: a light that cycles is no error.</summary>
    public double OddsByItself(Observation observation)
    {
        if (Chances(observation) is not { } chances) return 0;
        var burning = 0.0;
        for (var level = 0; level < weights.Length; level++) burning += weights[level] * Sum(Burning[level], chances, Strange);
        return Math.Log(Sum(Out, chances, StrangeWhenOut) / burning);
    }

    /// <summary>Log-odds that a light burned at one of two levels and not at the other; both of those that <see cref="Usual"/> gives.</summary>
    public static double OddsOfLevels(Observation observation, double level, double other) =>
        Chances(observation) is { } chances
            ? Math.Log(Sum(Burning[Array.IndexOf(Levels, level)], chances, Strange) / Sum(Burning[Array.IndexOf(Levels, other)], chances, Strange))
            : 0;

    // A pass that saw it out before another saw it burn was wrong, or it cycles: where that happens, one pass says less.
    private double Trust(IReadOnlyList<Observation> inOrder)
    {
        int waiting = 0, wrong = 0, burned = 0;
        foreach (var observation in inOrder)
        {
            var odds = OddsByItself(observation);
            if (odds >= Looks) waiting++;
            if (odds > Burns) continue;
            burned++;
            (wrong, waiting) = (wrong + waiting, 0);
        }

        return Math.Log((wrong + burned + 2) / (wrong + 0.1));
    }

    private static double[]? Chances(Observation observation)
    {
        if (observation.Likelihoods is not { } tenths || tenths.Count != Shares.Count) return null;
        var chances = new double[tenths.Count];
        for (var i = 0; i < chances.Length; i++) chances[i] = Math.Exp(-0.1 * Math.Clamp(tenths[i], 0, LampLadder.Lowest));
        return chances;
    }

    private static double Sum(double[] prior, double[] chances, double strange)
    {
        double sum = 0, any = 0;
        for (var i = 0; i < chances.Length; i++)
        {
            sum += prior[i] * chances[i];
            any += chances[i];
        }

        return (1 - strange) * sum + strange * any / chances.Length;
    }

    private static double[] Kernel(double level)
    {
        if (level == 0) return Out;
        var whole = Normalised([.. Shares.Select(share => share == 0 ? 0 : Bell(Math.Log(share / level), Scatter))]);
        var half = Normalised([.. Shares.Select(share => share == 0 ? 0 : Bell(Math.Log(share / level * 2), Scatter))]);
        return [.. whole.Select((w, i) => (1 - Halved) * w + Halved * half[i])];
    }

    private static double Bell(double x, double sigma) => Math.Exp(-x * x / (2 * sigma * sigma));

    private static double[] Normalised(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return [.. values.Select(v => v / sum)];
    }
}
