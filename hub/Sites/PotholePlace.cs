namespace ThreeOneOne.Field.Hub.Sites;

/// <summary>Where a pothole is held to be, and which way the vehicles drove that felt it: who drives the other way has another lane.</summary>
internal sealed class PotholePlace
{
    // Beyond a bend's change of course between two receivers, below that of a turn.
    private const double SameWayDeg = 60;

    // Two shocks so far from each other are one object as often as not, metres.
    private const double SameObjectM = 6;

    private readonly Wire.GeoPoint at;
    private readonly List<double> courses;

    /// <param name="at">The middle of its shocks.</param>
    /// <param name="observations">What is known of it.</param>
    public PotholePlace(Wire.GeoPoint at, IEnumerable<Observation> observations)
    {
        this.at = at;
        courses = [.. observations.Where(o => o.Founds).Select(o => o.CourseDeg).OfType<double>()];
    }

    /// <summary>True when nothing says that it was another lane.</summary>
    public bool IsSameWay(Observation observation) =>
        observation.CourseDeg is not { } course || courses.Count == 0 || courses.Exists(c => Math.Abs(Math.IEEERemainder(course - c, 360)) <= SameWayDeg);

    /// <summary>How likely a shock is of what lies here and not of a neighbour, 0 to 1.</summary>
    public double Nearness(Observation shock)
    {
        var metres = shock.At.DistanceMTo(at) / SameObjectM;
        return Math.Exp(-0.5 * metres * metres);
    }
}
