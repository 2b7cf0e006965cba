namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// Folds a site from its set of observations and marks: pure, in canonical order, so that equal sets give equal bits
/// however they arrived. What one observation says, and how what was said adds up, is each kind's own.
/// </summary>
public static class SiteFold
{
    /// <param name="identity">Id, kind, pole and place; for potholes a zero place, which the fold finds.</param>
    /// <param name="inOrder">The observations in canonical order.</param>
    /// <param name="marks">What crews found here.</param>
    /// <param name="known">What the city's map has there; potholes only.</param>
    /// <param name="options">Weights and thresholds.</param>
    /// <param name="burned">Of a street light: it was seen to burn before the first of these observations.</param>
    /// <param name="notes">What people said of the place; potholes only.</param>
    /// <returns>The site, and what each observation said.</returns>
    public static (Site Site, IReadOnlyList<Vote> Votes) Fold(
        Site identity, IReadOnlyList<Observation> inOrder, IReadOnlyList<SiteMark> marks, KnownStructures known, SitesOptions options, bool burned = false, IReadOnlyList<SiteNote>? notes = null)
    {
        var settleMs = options.SettleMs(identity.Kind);
        var isLamp = identity.Kind == SiteKind.Lamp;
        var place = new PotholePlace(identity.At, isLamp ? [] : inOrder);
        var said = new double[inOrder.Count];
        var heard = new double[inOrder.Count];
        var expected = isLamp ? LampExpectation.Learn(inOrder) : null;
        for (var i = 0; i < inOrder.Count; i++) said[i] = expected is not null ? LampVote.Of(inOrder[i], expected) : PotholeVote.Of(inOrder[i], place, known, options);
        if (isLamp) LampVote.Sift(inOrder, said);
        for (var i = 0; i < inOrder.Count; i++) heard[i] = marks.Any(m => m.Spends(inOrder[i], settleMs)) || notes?.Any(n => n.Hides(inOrder[i])) == true ? 0 : said[i];
        burned |= !isLamp || said.Count(weight => weight < 0) >= options.LampBurnedPasses;
        // A person found that it burns, and no pass ever saw it: it shows nothing on the street, and a dark pass says nothing.
        if (!burned && marks.Any(m => !m.Repaired))
        {
            Array.Clear(said);
            Array.Clear(heard);
        }

        var passes = SitePass.Divide(inOrder, heard, options.PassMinutes * 60_000);
        var prior = Prior(marks, options);
        if (notes?.Any(n => n.Kind == SiteNoteKind.Reported) == true) prior += options.ReportedPrior;
        var (belief, tipped) = isLamp ? LampTally.Of(passes, prior, options) : PotholeTally.Of(passes, place, prior + known.Prior(options), options);
        foreach (var pass in passes) said[pass.Index] = pass.Weight;
        var counted = passes.Select(p => p.Index).ToHashSet();
        var site = identity with
        {
            Belief = belief,
            Supported = tipped is not null && burned,
            Tipped = tipped?.Key,
            For = passes.Count(p => p.Weight > 0),
            Against = passes.Count(p => p.Weight < 0),
            Severity = isLamp ? 0 : PotholeTally.Severity(passes),
            FirstMs = inOrder.Count > 0 ? inOrder[0].FixMs : 0,
            LastMs = inOrder.Count > 0 ? inOrder[^1].FixMs : 0,
        };
        return (site, [.. inOrder.Select((o, i) => new Vote(o, said[i], counted.Contains(i)))]);
    }

    private static double Prior(IReadOnlyList<SiteMark> marks, SitesOptions options) =>
        marks.Any(m => !m.Repaired) ? options.Prior - options.NotFoundWeight : options.Prior;
}
