namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>One vehicle at one place within a few minutes: the observation that says most speaks for it.</summary>
internal sealed class SitePass(long startMs)
{
    public long StartMs { get; } = startMs;

    public Observation? Speaker { get; private set; }

    /// <summary>Where its speaker stands among the observations.</summary>
    public int Index { get; private set; }

    /// <summary>Log-odds that it adds.</summary>
    public double Weight { get; private set; }

    public void CountOnly(double share) => Weight *= share;

    /// <summary>Divides observations in canonical order into passes.</summary>
    /// <param name="inOrder">The observations.</param>
    /// <param name="weights">What each says; 0 takes no part.</param>
    /// <param name="passMs">A pass ends so long after its first observation, milliseconds.</param>
    public static List<SitePass> Divide(IReadOnlyList<Observation> inOrder, double[] weights, double passMs)
    {
        var passes = new List<SitePass>();
        var newest = new Dictionary<string, SitePass>();
        for (var i = 0; i < inOrder.Count; i++)
        {
            if (weights[i] == 0) continue;
            var observation = inOrder[i];
            if (!newest.TryGetValue(observation.Vehicle, out var pass) || observation.FixMs - pass.StartMs > passMs)
            {
                pass = new SitePass(observation.FixMs);
                newest[observation.Vehicle] = pass;
                passes.Add(pass);
            }

            pass.Offer(observation, i, weights[i]);
        }

        return passes;
    }

    private void Offer(Observation observation, int index, double weight)
    {
        // A smooth stretch beside a felt shock in one pass is the same pass: the shock speaks. So does a hole before the
        // casting behind it.
        if (Speaker is not null && Rank(observation, weight).CompareTo(Rank(Speaker, Weight)) <= 0) return;
        (Speaker, Index, Weight) = (observation, index, weight);
    }

    private static (bool, bool, double) Rank(Observation observation, double weight) =>
        (observation.Kind != ObservationKind.Roughness, observation.Kind == ObservationKind.Shock && weight > 0, Math.Abs(weight));
}
