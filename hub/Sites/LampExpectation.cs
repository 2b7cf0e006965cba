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
    private const double Unseen = 0.008;

    // When lights are dimmed by the clock, by the sun's: from one of these hours until five, or never; how common each is, how much is
    // left, and the share of passes that show half the light at any other hour.
    private const double Dimmed = 0.5;
    internal const double DimsUntil = 29;
    private const double Halved = 0.03;

    // A pass that shows something else: headlights, a lorry in between.
    private const double Strange = 0.03;
    private const double StrangeWhenOut = 0.05;

    // Where a light of at least this level went out, some of what is read is nobody's: headlights, a window, a neighbour that throws
    // its light farther than most.
    private const double ResidueFrom = 0.45;

    // Of the lights when the first pass comes; and from one pass to the next.
    internal const double OutAtFirst = 0.05;
    internal const double GoesOut = 0.03;
    internal const double ComesBack = 0.02;

    private static readonly IReadOnlyList<double> Shares = LampLadder.Shares;
    private static readonly double[] Nothing = [.. Shares.Select(share => share == 0 ? 0.95 : share <= 0.1 ? 0.05 : 0)];
    private static readonly double[] Residue = [.. Shares.Select(share => share switch { 0 => 0.75, <= 0.1 => 0.2, <= 0.2 => 0.05, _ => 0 })];
    private static readonly double[] Levels = [0, 0.1, 0.15, 0.2, 0.3, 0.45, 0.65, 1, 1.5, 2.2, 3.3];
    private static readonly double[] Prior = Normalised([.. Levels.Select(level => level == 0 ? 0 : Bell(Math.Log(level), Spread))]);
    internal static readonly double[] DimsFrom = [double.MaxValue, 22, 23, 24, 25];
    internal static readonly double[] Plans = [0.55, 0.05, 0.1, 0.2, 0.1];
    private static readonly double[] Start =
        [.. Enumerable.Range(0, Levels.Length * Plans.Length).Select(state => (state < Plans.Length ? Unseen : (1 - Unseen) * Prior[state / Plans.Length]) * Plans[state % Plans.Length])];

    private static readonly double[][] Full = [.. Levels.Select(level => Kernel(level, Halved))];
    private static readonly double[][] Half = [.. Levels.Select(level => Kernel(level, 1 - Halved))];

    // Of each level with each plan, level by level.
    private readonly double[] weights;
    private readonly PassTrust trust;

    private LampExpectation(double[] weights, PassTrust trust) => (this.weights, this.trust) = (weights, trust);

    /// <summary>The share of its fixture's usual light that is likeliest to be usual of it; 0: it shows nothing on the street.</summary>
    public double Usual => Levels[Likeliest(OfLevels())];

    /// <summary>The hour by the sun's clock from which the light is dimmed until five, above 24 after midnight; null: it likely isn't.</summary>
    public double? DimsFromHour
    {
        get
        {
            var plans = new double[Plans.Length];
            for (var state = 0; state < weights.Length; state++) plans[state % Plans.Length] += weights[state];
            var likeliest = Likeliest(plans);
            return likeliest == 0 ? null : DimsFrom[likeliest];
        }
    }

    /// <param name="inOrder">Passes in canonical order; those without likelihoods teach nothing.</param>
    public static LampExpectation Learn(IReadOnlyList<Observation> inOrder)
    {
        List<Look> looks = [.. inOrder.Select(Burning).OfType<Look>()];
        var learned = new LampExpectation(Posterior(looks, Start), PassTrust.Full);
        return new LampExpectation(learned.weights, PassTrust.Of(inOrder.Select(learned.OddsByItself)));
    }

    private static double[] Posterior(List<Look> looks, double[] prior)
    {
        var logs = prior.Select(p => Math.Log(p)).ToArray();
        var outs = new double[logs.Length];
        Array.Fill(outs, OutAtFirst);
        foreach (var seen in looks)
        {
            for (var state = 0; state < logs.Length; state++)
            {
                var burning = seen.Of(state);
                // One that shows nothing on the street shows nothing either when it is out.
                if (state < Plans.Length)
                {
                    logs[state] += Math.Log(burning);
                    continue;
                }

                // What is broken stays broken: a long row of dark passes is one outage, and no light that never burned.
                var before = outs[state];
                var on = ((1 - before) * (1 - GoesOut) + before * ComesBack) * burning;
                var off = ((1 - before) * GoesOut + before * (1 - ComesBack)) * seen.Out(state);
                logs[state] += Math.Log(on + off);
                outs[state] = off / (on + off);
            }
        }

        var best = logs.Max();
        return Normalised([.. logs.Select(l => Math.Exp(l - best))]);
    }

    /// <summary>Log-odds that the light was out in a pass; 0 where the pass cannot tell. Less where passes were wrong before.</summary>
    public double ThatItWasOut(Observation observation) => trust.Limit(OddsByItself(observation));

    /// <summary>The same, however often passes said one thing and then the other: a light that cycles is no error.</summary>
    public double OddsByItself(Observation observation)
    {
        if (Burning(observation) is not { } seen) return 0;
        double burning = 0, dark = 0;
        for (var state = 0; state < weights.Length; state++)
        {
            burning += weights[state] * seen.Of(state);
            dark += weights[state] * seen.Out(state);
        }

        return Math.Log(dark / burning);
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

    private static Look? Burning(Observation observation)
    {
        if (Chances(observation) is not { } chances) return null;
        return new Look(
            SunClock.HourOf(observation.FixMs, observation.At.Longitude), Sum(Nothing, chances, StrangeWhenOut), Sum(Residue, chances, StrangeWhenOut),
            [.. Full.Select(kernel => Sum(kernel, chances, Strange))], [.. Half.Select(kernel => Sum(kernel, chances, Strange))]);
    }

    private double[] OfLevels()
    {
        var levels = new double[Levels.Length];
        for (var state = 0; state < weights.Length; state++) levels[state / Plans.Length] += weights[state];
        return levels;
    }

    private static int Likeliest(double[] values) => Array.IndexOf(values, values.Max());

    private static double[] Kernel(double level, double halved)
    {
        if (level == 0) return Nothing;
        var whole = Normalised([.. Shares.Select(share => share == 0 ? 0 : Bell(Math.Log(share / level), Scatter))]);
        var half = Normalised([.. Shares.Select(share => share == 0 ? 0 : Bell(Math.Log(share / level / Dimmed), Scatter))]);
        return [.. whole.Select((w, i) => (1 - halved) * w + halved * half[i])];
    }

    private static double Bell(double x, double sigma) => Math.Exp(-x * x / (2 * sigma * sigma));

    private static double[] Normalised(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return [.. values.Select(v => v / sum)];
    }

    // One pass: how well it fits a light that is out and leaves nothing or some residue, and one that burns at each level, in full and dimmed.
    private readonly record struct Look(double Hour, double Nothing, double Residue, double[] Full, double[] Half)
    {
        public double Out(int state) => Levels[state / Plans.Length] >= ResidueFrom ? Residue : Nothing;

        public double Of(int state)
        {
            var (level, from) = (state / Plans.Length, DimsFrom[state % Plans.Length]);
            return Hour >= from && Hour < DimsUntil ? Half[level] : Full[level];
        }
    }
}
