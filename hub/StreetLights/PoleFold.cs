using ThreeOneOne.Field.Hub.Sites;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>
/// What all passes under one light say beyond lit and out: whether it cycles, or burns at much less than before. Pure, in
/// canonical order. A light that burns by day is not among them: a lux meter under the open sky cannot see it, and by dusk the
/// photocells of its neighbours have switched on too.
/// </summary>
public static class PoleFold
{
    // So many changes between burning and out make a light that cycles, on at least two nights of each.
    private const int Changes = 4;
    private const int Nights = 2;
    private const double LooksOut = 1.5;
    private const double LooksLit = -2;

    // A light is dim from passes that fit less than this share of what was usual, so much better than what was; natural logarithm.
    private const double DimShare = 0.6;
    private const double DimOdds = 6;
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
        if (IsDim(inOrder, longitude)) return luminaires > 1 ? PoleState.Partial : PoleState.Dim;
        return site.Tipped is null && inOrder.Count > 0 && LastLooksOut(inOrder, expected) ? PoleState.Suspected : PoleState.Lit;
    }

    private static bool Cycles(IReadOnlyList<Observation> inOrder, LampExpectation expected, double longitude)
    {
        var (changes, last) = (0, 0);
        HashSet<long> dark = [], lit = [];
        foreach (var observation in inOrder)
        {
            var odds = expected.OddsByItself(observation);
            var looks = odds >= LooksOut ? 1 : odds <= LooksLit ? -1 : 0;
            if (looks == 0) continue;
            (looks > 0 ? dark : lit).Add(NightOf(observation, longitude));
            if (last != 0 && looks != last) changes++;
            last = looks;
        }

        return changes >= Changes && dark.Count >= Nights && lit.Count >= Nights;
    }

    // Where in its history it became weaker: before it as it was, since then at less.
    private static bool IsDim(IReadOnlyList<Observation> inOrder, double longitude)
    {
        // Between midnight and five many streets are dimmed by the clock.
        var told = inOrder.Where(o => o.Likelihoods is not null && SunHour(o, longitude) is >= 5 and < 24).TakeLast(LookedAt).ToList();
        for (var split = FewestBefore; split <= told.Count - FewestSince; split++)
        {
            var before = LampExpectation.Learn(told.GetRange(0, split));
            var since = told.GetRange(split, told.Count - split);
            var now = LampExpectation.Learn(since);
            if (before.Usual == 0 || now.Usual == 0 || now.Usual > DimShare * before.Usual) continue;
            if (since.Select(o => NightOf(o, longitude)).Distinct().Count() < Nights) continue;
            var odds = 0.0;
            foreach (var observation in since) odds += before.OddsOfLevels(observation, now.Usual, before.Usual);
            if (odds >= DimOdds) return true;
        }

        return false;
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

    private static double SunHour(Observation observation, double longitude)
    {
        var hours = observation.FixMs / 3_600_000.0 + longitude / 15;
        return hours - 24 * Math.Floor(hours / 24);
    }
}
