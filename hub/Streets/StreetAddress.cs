namespace ThreeOneOne.Field.Hub.Streets;

/// <summary>Where a place is, in words.</summary>
/// <param name="Text">"123 Main St", "near 123 Main St" where houses stand across the street only, "Main St &amp; Broadway" or "Main St between A St and B St".</param>
/// <param name="Street">Name of the nearest street.</param>
/// <param name="Segment">The city's id of the nearest segment.</param>
/// <param name="RoadClass">1 arterial, 2 collector, 3 local.</param>
/// <param name="AtIntersection">True when a named intersection gives the address.</param>
/// <param name="DistanceM">Distance to the centre-line, metres.</param>
public sealed record StreetAddress(string Text, string Street, string Segment, int RoadClass, bool AtIntersection, double DistanceM);
