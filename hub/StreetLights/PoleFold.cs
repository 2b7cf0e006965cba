using ThreeOneOne.Field.Hub.Sites;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>
/// What all passes under one light say beyond lit and out: whether it cycles, or burns at much less than before. Pure, in
/// canonical order. A light that burns by day is not among them: a lux meter under the open sky cannot see it, and by dusk the
/// photocells of its neighbours have switched on too.
/// </summary>
public static class PoleFold
{
    // Passes that look so are out, and that one burns; natural log-odds.
    private const double LooksOut = 1.5;
    private const double LooksLit = -2;

    // How much better the passes must be explained by a fault than without, natural logarithms: one of a pole's several luminaires goes out
    // several times as often as one grows weak. A pass that hardly measured the light has less to say than what is common of lights.
    private const double CyclesFrom = 1;
    private const double DimFrom = 3;
    private const double PartialFrom = 1;
    private const double MeasuredSigma = 1.2;
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
        if (IsWeaker(inOrder, expected, luminaires, longitude)) return luminaires > 1 ? PoleState.Partial : PoleState.Dim;
        return site.Tipped is null && inOrder.Count > 0 && LastLooksOut(inOrder, expected) ? PoleState.Suspected : PoleState.Lit;
    }

    private static bool Cycles(IReadOnlyList<Observation> inOrder, LampExpectation expected, double longitude) =>
        ComingAndGoing.OddsOf(inOrder.TakeLast(LookedAt).Select(o => (SunClock.NightOf(o.FixMs, longitude), expected.OddsByItself(o)))) >= CyclesFrom;

    private static bool IsWeaker(IReadOnlyList<Observation> inOrder, LampExpectation expected, int luminaires, double longitude)
    {
        List<SeenShare> seen = [.. inOrder.Where(o => expected.OddsByItself(o) < LooksOut).Select(o => SeenShare.Of(o, longitude)).OfType<SeenShare>()
            .Where(s => s.Sigma < MeasuredSigma).TakeLast(LookedAt)];
        return Weakening.OddsOf(seen, luminaires) >= (luminaires > 1 ? PartialFrom : DimFrom);
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
}
