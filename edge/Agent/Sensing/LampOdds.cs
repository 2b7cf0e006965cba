namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>What likelihoods of shares of the usual light say, when nothing is known of this very lamp.</summary>
internal static class LampOdds
{
    // How lamps that burn are spread about what is usual of their fixture: their age, a tree, the pole's place; one in ten is
    // dim or lights something else, and one in fifty shows nothing here.
    private static readonly double[] Burning = [0.02, 0.04, 0.06, 0.08, 0.14, 0.2, 0.24, 0.15, 0.05, 0.02];
    private static readonly double[] Out = [0.95, 0.05, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Natural logarithm of how much likelier the light is when the lamp is out than when it burns.</summary>
    public static double ThatItIsOut(IReadOnlyList<double> logs) => Of(logs, Out) - Of(logs, Burning);

    private static double Of(IReadOnlyList<double> logs, double[] prior)
    {
        var sum = 0.0;
        for (var i = 0; i < prior.Length; i++) sum += prior[i] * Math.Exp(logs[i]);
        return Math.Log(Math.Max(sum, 1e-12));
    }
}
