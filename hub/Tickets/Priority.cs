namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// Priorities that tell requests apart: points for what makes a defect dangerous, 1 the most urgent, 4 the least.
/// </summary>
public static class Priority
{
    // Two people who care to report it after the first.
    private const int ManyReports = 2;

    public static int Of(string service, PriorityFacts facts, TicketsOptions options) => FromPoints(
        facts.Urgency
        + (facts.Danger ? 2 : 0)
        + (facts.Reports >= ManyReports ? 1 : 0)
        + service switch
        {
            ServiceCode.StreetLight => LampPoints(facts.RoadClass, facts.AtIntersection, facts.AdjacentOut),
            ServiceCode.Pothole => PotholePoints(facts.RoadClass, facts.MeanShockMps2, options),
            _ => facts.RoadClass == 1 ? 1 : 0,
        });

    /// <param name="roadClass">1 arterial, 2 collector, 3 local; null when no street is near.</param>
    /// <param name="meanShockMps2">Mean peak of the passes that speak for it; 0 when a person reported it.</param>
    /// <param name="options">Where marked and severe begin.</param>
    public static int OfPothole(int? roadClass, double meanShockMps2, TicketsOptions options) => FromPoints(PotholePoints(roadClass, meanShockMps2, options));

    /// <param name="roadClass">1 arterial, 2 collector, 3 local; null when no street is near.</param>
    /// <param name="atIntersection">The pole lights a named intersection.</param>
    /// <param name="adjacentOut">Other lights out next to it.</param>
    public static int OfLamp(int? roadClass, bool atIntersection, int adjacentOut) => FromPoints(LampPoints(roadClass, atIntersection, adjacentOut));

    private static int PotholePoints(int? roadClass, double meanShockMps2, TicketsOptions options) =>
        roadClass switch { 1 => 2, 2 => 1, _ => 0 }
        + (meanShockMps2 >= options.SevereMps2 ? 2 : meanShockMps2 >= options.MarkedMps2 ? 1 : 0);

    private static int LampPoints(int? roadClass, bool atIntersection, int adjacentOut) =>
        (roadClass == 1 ? 1 : 0) + (atIntersection ? 1 : 0) + Math.Min(adjacentOut, 2);

    private static int FromPoints(int points) => points switch
    {
        >= 3 => 1,
        2 => 2,
        1 => 3,
        _ => 4,
    };
}
