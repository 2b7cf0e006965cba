using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning.Matching;

/// <summary>A place cut to the street: all that a vehicle without a crew says about where it is.</summary>
/// <param name="Segment">Id of the street segment in the city's centre-lines.</param>
/// <param name="At">A place on its centre-line.</param>
public sealed record StreetPlace(string Segment, GeoPoint At);
