namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// How passes over a pothole add up: repeats count less, older votes fade, a miss says what misses say at this place, what
/// turns out to be a structure explains later shocks, one vehicle alone must be surer, and support has hysteresis along the
/// canonical order.
/// </summary>
internal static class PotholeTally
{
    /// <returns>Log-odds at the last pass, and the observation that made the site supported while it is.</returns>
    public static (double Belief, Observation? Tipped) Of(List<SitePass> passes, PotholePlace place, double prior, SitesOptions options)
    {
        var halfLifeMs = options.PotholeHalfLifeDays * 86_400_000;
        var run = new MissRun(options);
        var repeats = new Repeats(options);
        var miss = new MissShare(options);
        var structure = new LearnedStructure(place, options);
        var finders = new HashSet<string>();
        double evidence = 0, votesFor = 0;
        var passesFor = 0;
        Observation? tipped = null;
        long? last = null;
        foreach (var pass in passes)
        {
            if (last is { } before) evidence *= Math.Pow(2, (before - pass.StartMs) / halfLifeMs);
            last = pass.StartMs;
            var speaker = pass.Speaker!;
            var hit = pass.Weight > 0;
            var share = repeats.Share(speaker.Vehicle, pass.StartMs, hit);
            pass.CountOnly(share * (hit ? structure.Leaves : speaker.Kind == ObservationKind.Roughness ? miss.Telling : 1));
            miss.Take(hit, share);
            structure.Take(speaker, share);
            // A hole may come at any time: what was never there before speaks only so long against it.
            evidence = Math.Max(evidence + pass.Weight, -options.MostAgainst);
            if (hit)
            {
                (votesFor, passesFor) = (votesFor + share, passesFor + 1);
                finders.Add(speaker.Vehicle);
            }

            if (run.ShowsChange(pass.Weight, speaker.Vehicle))
            {
                // What was found before is of another state of the place; the passes since speak for this one.
                (evidence, votesFor, passesFor, tipped) = (Math.Max(run.Evidence, -options.MostAgainst), 0, 0, null);
                repeats.ForgetFound();
                miss.Forget();
                finders.Clear();
                continue;
            }

            var belief = prior + evidence;
            var more = finders.Count < 2 ? options.LoneVehicleMore : 0;
            var carried = finders.Count >= options.FindingVehicles
                && ((belief >= options.SupportAt + more && votesFor >= options.Passes) || (belief >= options.DecisiveAt + more && passesFor >= options.Passes));
            if (tipped is null && carried) tipped = speaker;
            else if (tipped is not null && belief < options.WithdrawBelow) tipped = null;
        }

        return (prior + evidence, tipped);
    }

    /// <returns>Mean peak of the shocks that speak for it, m/s².</returns>
    public static double Severity(List<SitePass> passes)
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
}
