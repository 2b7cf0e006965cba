namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// How passes under a street light add up: repeats count less, older votes fade, support has hysteresis along the canonical
/// order. However often it was seen to burn, that says little about tonight: a lamp goes out at once.
/// </summary>
internal static class LampTally
{
    /// <returns>Log-odds at the last pass, and the observation that made the site supported while it is.</returns>
    public static (double Belief, Observation? Tipped) Of(List<SitePass> passes, double prior, SitesOptions options)
    {
        var halfLifeMs = options.LampHalfLifeDays * 86_400_000;
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
            evidence = Math.Clamp(evidence + pass.Weight, -options.LampMostLit, options.LampMostOut);
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
}
