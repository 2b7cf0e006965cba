using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Fleet.Driving;

/// <summary>Decides how an edge will be driven: the traffic on it, its bends and humps, whether its end makes one wait.</summary>
public sealed class LegPlanner(StreetGraph graph, Func<StreetEdge, IReadOnlyList<double>> humps)
{
    // A hump is built to be comfortable at 15 mph.
    private const double HumpMps = 6.0;

    public Leg Plan(StreetEdge edge, Random random)
    {
        var slow = humps(edge).Select(h => (h, HumpMps)).ToList();
        for (var i = 1; i + 1 < edge.Points.Count; i++)
        {
            var bend = edge.Points[i].AngleTo(edge.Points[i + 1]) - edge.Points[i - 1].AngleTo(edge.Points[i]);
            var speed = BendSpeed(Math.Abs(Math.IEEERemainder(bend, Math.Tau)));
            if (speed < edge.LimitMps) slow.Add((edge.Along[i], speed));
        }

        return new Leg(edge)
        {
            SpeedMps = edge.LimitMps * Math.Clamp(0.9 + 0.1 * Gaussian.Next(random), 0.6, 1.1),
            WaitSeconds = Wait(edge, random),
            Slow = slow,
        };
    }

    /// <summary>Comfortable speed through a bend of the given angle, radians.</summary>
    public static double BendSpeed(double angle) => angle switch
    {
        < 0.3 => double.MaxValue,
        < 0.8 => 7.5,
        < 1.3 => 5,
        < 2.2 => 4,
        _ => 2.5,
    };

    private double Wait(StreetEdge edge, Random random)
    {
        if (edge.LengthM < 15) return 0;
        var onward = graph.Leaving(edge.To);
        if (onward.Count < 3) return 0;
        var crossesMajor = onward.Any(e => e.Segment.Major);
        if (crossesMajor && !edge.Segment.Major) return 1 + random.NextDouble() * 3;
        // A light is red for a third of those who come; the wait is what is left of it.
        return crossesMajor && onward.Count > 3 && random.NextDouble() < 0.3 ? 2 + random.NextDouble() * 18 : 0;
    }
}
