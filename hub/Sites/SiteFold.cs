namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// Folds a site from its set of observations and marks: pure, in canonical order, so that equal sets give equal bits
/// however they arrived. A vehicle has one vote per pass, and less of one when it repeats itself; older votes fade; support
/// has hysteresis along the canonical order.
/// </summary>
public static class SiteFold
{
    /// <param name="identity">Id, kind, pole and place; for potholes a zero place, which the fold finds.</param>
    /// <param name="inOrder">The observations in canonical order.</param>
    /// <param name="marks">What crews found here.</param>
    /// <param name="options">Weights and thresholds.</param>
    /// <returns>The site, and what each observation said.</returns>
    public static (Site Site, IReadOnlyList<Vote> Votes) Fold(
        Site identity, IReadOnlyList<Observation> inOrder, IReadOnlyList<SiteMark> marks, SitesOptions options)
    {
        var passes = new List<Pass>();
        var newest = new Dictionary<string, Pass>();
        var weights = new double[inOrder.Count];
        var settleMs = options.SettleMs(identity.Kind);
        for (var i = 0; i < inOrder.Count; i++)
        {
            var observation = inOrder[i];
            weights[i] = VoteWeight.Of(observation, options);
            if (weights[i] == 0 || marks.Any(m => m.Spends(observation, settleMs))) continue;
            if (!newest.TryGetValue(observation.Vehicle, out var pass)
                || observation.FixMs - pass.StartMs > options.PassMinutes * 60_000)
            {
                pass = new Pass(observation.FixMs);
                newest[observation.Vehicle] = pass;
                passes.Add(pass);
            }

            pass.Offer(observation, i, weights[i]);
        }

        var tally = Tally(passes, Prior(marks, options), identity.Kind, options);
        foreach (var pass in passes) weights[pass.Index] = pass.Weight;
        var counted = passes.Select(p => p.Index).ToHashSet();
        var site = identity with
        {
            Belief = tally.Belief,
            Supported = tally.Tipped is not null,
            Tipped = tally.Tipped?.Key,
            For = passes.Count(p => p.Weight > 0),
            Against = passes.Count(p => p.Weight < 0),
            Severity = identity.Kind == SiteKind.Pothole ? Severity(passes) : 0,
            FirstMs = inOrder.Count > 0 ? inOrder[0].FixMs : 0,
            LastMs = inOrder.Count > 0 ? inOrder[^1].FixMs : 0,
        };
        return (site, [.. inOrder.Select((o, i) => new Vote(o, weights[i], counted.Contains(i)))]);
    }

    private static double Prior(IReadOnlyList<SiteMark> marks, SitesOptions options) =>
        marks.Any(m => !m.Repaired) ? options.Prior - options.NotFoundWeight : options.Prior;

    private static (double Belief, Observation? Tipped) Tally(List<Pass> passes, double prior, string kind, SitesOptions options)
    {
        var halfLifeMs = (kind == SiteKind.Lamp ? options.LampHalfLifeDays : options.PotholeHalfLifeDays) * 86_400_000;
        var run = new MissRun(options);
        var repeats = new Repeats(options);
        double evidence = 0, votesFor = 0;
        var passesFor = 0;
        Observation? tipped = null;
        long? last = null;
        foreach (var pass in passes)
        {
            if (last is { } before) evidence *= Math.Pow(2, (before - pass.StartMs) / halfLifeMs);
            last = pass.StartMs;
            var share = repeats.Share(pass.Speaker!.Vehicle, pass.StartMs, pass.Weight > 0);
            pass.CountOnly(share);
            evidence += pass.Weight;
            if (pass.Weight > 0) (votesFor, passesFor) = (votesFor + share, passesFor + 1);
            if (run.ShowsChange(pass.Weight, pass.Speaker.Vehicle))
            {
                // What was found before is of another state of the place; the passes since speak for this one.
                (evidence, votesFor, passesFor, tipped) = (run.Evidence, 0, 0, null);
                repeats.ForgetFound();
                continue;
            }

            var belief = prior + evidence;
            var carried = belief >= options.SupportAt && votesFor >= options.Passes
                || belief >= options.DecisiveAt && passesFor >= options.Passes;
            if (tipped is null && carried) tipped = pass.Speaker;
            else if (tipped is not null && belief < options.WithdrawBelow) tipped = null;
        }

        return (prior + evidence, tipped);
    }

    private static double Severity(List<Pass> passes)
    {
        double sum = 0;
        var n = 0;
        foreach (var pass in passes.Where(p => p.Weight > 0))
        {
            sum += pass.Speaker!.Severity;
            n++;
        }

        return n == 0 ? 0 : sum / n;
    }

    /// <summary>One vehicle at one place within a few minutes: the observation that says most speaks for it.</summary>
    private sealed class Pass(long startMs)
    {
        public long StartMs { get; } = startMs;

        public Observation? Speaker { get; private set; }

        public int Index { get; private set; }

        public double Weight { get; private set; }

        public void CountOnly(double share) => Weight *= share;

        public void Offer(Observation observation, int index, double weight)
        {
            // A smooth stretch beside a felt shock in one pass is the same pass: the shock speaks.
            if (Speaker is not null && Rank(observation, weight).CompareTo(Rank(Speaker, Weight)) <= 0) return;
            (Speaker, Index, Weight) = (observation, index, weight);
        }

        private static (bool, double) Rank(Observation observation, double weight) =>
            (observation.Kind != ObservationKind.Roughness, Math.Abs(weight));
    }
}
