namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>
/// Priorities that tell requests apart: points for what makes a defect dangerous, 1 the most urgent, 4 the least.
/// </summary>
public static class Priority
{
    /// <param name="roadClass">1 arterial, 2 collector, 3 local; null when no street is near.</param>
    /// <param name="meanShockMps2">Mean peak of the passes that speak for it; 0 when a person reported it.</param>
    /// <param name="options">Where marked and severe begin.</param>
    public static int OfPothole(int? roadClass, double meanShockMps2, TicketsOptions options) =>
        FromPoints(
            roadClass switch { 1 => 2, 2 => 1, _ => 0 }
            + (meanShockMps2 >= options.SevereMps2 ? 2 : meanShockMps2 >= options.MarkedMps2 ? 1 : 0));

    /// <param name="roadClass">1 arterial, 2 collector, 3 local; null when no street is near.</param>
    /// <param name="atIntersection">The pole lights a named intersection.</param>
    /// <param name="adjacentOut">Other lights out next to it.</param>
    public static int OfLamp(int? roadClass, bool atIntersection, int adjacentOut) =>
        FromPoints((roadClass == 1 ? 1 : 0) + (atIntersection ? 1 : 0) + Math.Min(adjacentOut, 2));

    private static int FromPoints(int points) => points switch
    {
        >= 3 => 1,
        2 => 2,
        1 => 3,
        _ => 4,
    };
}
