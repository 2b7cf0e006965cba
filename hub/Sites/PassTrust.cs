namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>
/// How far a pass under one light is believed that finds it out. A pass that found it out before another saw it burn was wrong, or the
/// light cycles: where that happens, passes that are no surer than that one was say less. What was hardly sure and wrong says nothing of a
/// pass that is plainly dark.
/// </summary>
internal sealed class PassTrust
{
    /// <summary>Before anything is known of passes.</summary>
    public static readonly PassTrust Full = new([], double.MaxValue);

    // Log-odds from which a pass is taken to have seen it out, or to have seen it burn.
    private const double Looks = 1;
    private const double Burns = -2;

    // A pass that was wrong tells of passes whose log-odds are up to so many times its own.
    private const double Tells = 2;

    private readonly IReadOnlyList<double> wrong;
    private readonly double burned;

    private PassTrust(IReadOnlyList<double> wrong, double burned) => (this.wrong, this.burned) = (wrong, burned);

    /// <param name="odds">Of all passes in canonical order, log-odds that it was out.</param>
    public static PassTrust Of(IEnumerable<double> odds)
    {
        List<double> waiting = [], wrong = [];
        var burned = 0;
        foreach (var each in odds)
        {
            if (each >= Looks) waiting.Add(each);
            if (each > Burns) continue;
            burned++;
            wrong.AddRange(waiting);
            waiting.Clear();
        }

        return new PassTrust(wrong, burned);
    }

    /// <summary>Log-odds of a pass, no higher than passes like it deserve.</summary>
    public double Limit(double odds)
    {
        var like = wrong.Count(w => Tells * w >= odds);
        return Math.Min(odds, Math.Log((like + burned + 2) / (like + 0.1)));
    }
}
