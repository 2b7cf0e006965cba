using ThreeOneOne.Field.Hub.Sites;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>
/// What all passes under one light say beyond lit and out: whether it cycles, or burns at much less than before. Pure, in
/// canonical order. A light that burns by day is not among them: a lux meter under the open sky cannot see it, and by dusk the
/// photocells of its neighbours have switched on too.
/// </summary>
public static class PoleFold
{
    // So many changes between burning and out make a light that cycles, on at least two nights of each, and when it is out in such a share of
    // the passes since the first.
    private const int Changes = 3;
    private const int Nights = 2;
    private const double CycleShare = 0.2;
    private const double LooksOut = 1.5;
    private const double LooksLit = -2;

    // A light is dim from passes that fit less than this share of what was usual so much better than what was, after passes that fit what
    // was so much better; natural logarithm.
    private const double DimShare = 0.6;
    private const double DimOdds = 5;
    private const int FewestBefore = 4;
    private const int FewestSince = 3;
    private const int LookedAt = 32;

    /// <param name="inOrder">All passes in canonical order.</param>
    /// <param name="site">What they carry; null when none could tell.</param>
    /// <param name="luminaires">On the pole, as the inventory counts.</param>
    /// <param name="longitude">Of the pole, degrees: nights and hours are by the sun's clock.</param>
    public static PoleState Of(IReadOnlyList<Observation> inOrder, Site? site, int luminaires, double longitude)
    {
        if (site is null || (site.For == 0 && site.Against == 0)) return PoleState.Unknown;
        var expected = LampExpectation.Learn(inOrder);
        if (Cycles(inOrder, expected, longitude)) return PoleState.Cycling;
        if (site.Supported) return PoleState.Out;
        if (site.NeverBurned) return PoleState.NeverBurned;
        if (IsDim(inOrder, expected, longitude)) return luminaires > 1 ? PoleState.Partial : PoleState.Dim;
        return site.Tipped is null && inOrder.Count > 0 && LastLooksOut(inOrder, expected) ? PoleState.Suspected : PoleState.Lit;
    }

    // From the first pass on that found it out: what was so ever since it was first looked at is how it shows from one street and from another.
    private static bool Cycles(IReadOnlyList<Observation> inOrder, LampExpectation expected, double longitude)
    {
        var (changes, last, before, darkPasses, litPasses) = (0, 0, 0, 0, 0);
        HashSet<long> dark = [], lit = [];
        foreach (var observation in inOrder)
        {
            var odds = expected.OddsByItself(observation);
            var looks = odds >= LooksOut ? 1 : odds <= LooksLit ? -1 : 0;
            if (looks == 0) continue;
            if (looks < 0 && darkPasses == 0) before++;
            else if (looks < 0) litPasses++;
            else darkPasses++;
            (looks > 0 ? dark : lit).Add(NightOf(observation, longitude));
            if (last != 0 && looks != last) changes++;
            last = looks;
        }

        return before >= FewestBefore && changes >= Changes && dark.Count >= Nights && lit.Count >= Nights && darkPasses >= CycleShare * (darkPasses + litPasses);
    }

    // Where in its history it became weaker: before it plainly as it was, since then plainly at less.
    private static bool IsDim(IReadOnlyList<Observation> inOrder, LampExpectation expected, double longitude)
    {
        var told = inOrder.Where(o => o.Likelihoods is not null && expected.OddsByItself(o) < LooksOut).TakeLast(LookedAt).ToList();
        if (told.Count < FewestBefore + FewestSince) return false;
        var all = new double[LampExpectation.LevelCount];
        List<double[]> upTo = [[.. all]];
        foreach (var observation in told)
        {
            var logs = expected.LogsOfLevels(observation);
            for (var level = 0; level < all.Length; level++) all[level] += logs[level];
            upTo.Add([.. all]);
        }

        for (var split = FewestBefore; split <= told.Count - FewestSince; split++)
        {
            var before = upTo[split];
            var since = all.Select((sum, level) => sum - before[level]).ToArray();
            var was = Likeliest(before);
            var now = Likeliest(since);
            if (LampExpectation.LevelAt(now) > DimShare * LampExpectation.LevelAt(was)) continue;
            if (since[now] - since[was] < DimOdds || before[was] - before[now] < DimOdds) continue;
            if (told.Skip(split).Select(o => NightOf(o, longitude)).Distinct().Count() >= Nights) return true;
        }

        return false;

        // Of the levels that show something on the street.
        static int Likeliest(double[] logs) => Enumerable.Range(1, logs.Length - 1).MaxBy(level => logs[level]);
    }

    private static bool LastLooksOut(IReadOnlyList<Observation> inOrder, LampExpectation expected)
    {
        for (var i = inOrder.Count - 1; i >= 0; i--)
        {
            var odds = expected.ThatItWasOut(inOrder[i]);
            if (odds >= LooksOut) return true;
            if (odds <= LooksLit) return false;
        }

        return false;
    }

    // From noon to noon by the sun's clock.
    private static long NightOf(Observation observation, double longitude) =>
        (long)Math.Floor((observation.FixMs + (longitude / 15 - 12) * 3_600_000) / 86_400_000);
}
