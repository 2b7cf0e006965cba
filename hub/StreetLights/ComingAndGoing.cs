using ThreeOneOne.Field.Hub.Sites;

namespace ThreeOneOne.Field.Hub.StreetLights;

/// <summary>
/// How much better a light's passes are explained when it comes and goes since some night, after it burned, than when it burns, goes out and is
/// mended now and then, or looked dark in some passes ever since it was first looked at: from another street, behind a tree.
/// </summary>
internal static class ComingAndGoing
{
    private const int FewestBefore = 3;
    private const int FewestSince = 4;
    private const int FewestNights = 2;

    // One pass is no surer of it, either way, log-odds; one that says less than this takes no part.
    private const double Most = 4;
    private const double Least = 5;
    private const double SaysSomething = 0.2;

    // One light in three looks dark from somewhere.
    private const double LooksBoth = 0.3;

    // Shares of the passes that find a light out that burns, and one that comes and goes.
    private static readonly double[] Burning = [0.02, 0.08];
    private static readonly double[] Cycling = [0.25, 0.4, 0.6];

    /// <param name="passes">The night of each, and its log-odds that the light was out; in canonical order.</param>
    /// <returns>Natural log-odds; negative infinity where there are too few passes or nights.</returns>
    public static double OddsOf(IEnumerable<(long Night, double Odds)> passes)
    {
        var told = passes.Where(p => Math.Abs(p.Odds) > SaysSomething).Select(p => (p.Night, Odds: Math.Clamp(p.Odds, -Least, Most))).ToArray();
        var splits = Enumerable.Range(FewestBefore, Math.Max(0, told.Length - FewestBefore - FewestSince + 1))
            .Where(i => told[i].Night != told[i - 1].Night && told[i..].Select(t => t.Night).Distinct().Count() >= FewestNights).ToArray();
        if (splits.Length == 0) return double.NegativeInfinity;
        var odds = told.Select(t => t.Odds).ToArray();
        var likely = splits.Select(i => Fit(odds.AsSpan(0, i), Burning) + Fit(odds.AsSpan(i), Cycling)).ToArray();
        return Sum(likely) - Math.Log(splits.Length) - Sum(Outages(odds), Fit(odds, Burning), Math.Log(LooksBoth) + Fit(odds, Cycling));
    }

    private static double Fit(ReadOnlySpan<double> odds, double[] shares)
    {
        var fits = new double[shares.Length];
        for (var s = 0; s < shares.Length; s++)
        {
            foreach (var o in odds) fits[s] += Math.Log(1 - shares[s] + shares[s] * Math.Exp(o));
        }

        return Sum(fits) - Math.Log(shares.Length);
    }

    // What is broken stays broken until it is mended.
    private static double Outages(double[] odds)
    {
        var (isOut, fit) = (LampExpectation.OutAtFirst, 0.0);
        for (var i = 0; i < odds.Length; i++)
        {
            if (i > 0) isOut = (1 - isOut) * LampExpectation.GoesOut + isOut * (1 - LampExpectation.ComesBack);
            var dark = isOut * Math.Exp(odds[i]);
            var either = 1 - isOut + dark;
            fit += Math.Log(either);
            isOut = dark / either;
        }

        return fit;
    }

    // Of numbers of which the logarithms are known.
    private static double Sum(params double[] logs)
    {
        var most = logs.Max();
        var sum = 0.0;
        foreach (var log in logs) sum += Math.Exp(log - most);
        return most + Math.Log(sum);
    }
}
