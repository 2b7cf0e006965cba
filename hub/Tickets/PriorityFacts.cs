namespace ThreeOneOne.Field.Hub.Tickets;

/// <summary>What makes one request more urgent than another.</summary>
/// <param name="Urgency">Points that every request of its service has.</param>
/// <param name="RoadClass">1 arterial, 2 collector, 3 local; null when no street is near.</param>
/// <param name="AtIntersection">It is at a named intersection.</param>
/// <param name="AdjacentOut">Other lights out next to it.</param>
/// <param name="MeanShockMps2">Mean peak of the passes that speak for it; 0 when no sensor felt it.</param>
/// <param name="Danger">The report speaks of danger.</param>
/// <param name="Reports">How many reports repeat it.</param>
public sealed record PriorityFacts(int Urgency, int? RoadClass, bool AtIntersection, int AdjacentOut, double MeanShockMps2, bool Danger, int Reports);
