using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>A place cut to the street: all that a vehicle without a crew says about where it is.</summary>
/// <param name="Segment">Id of the street segment in the city's centre-lines.</param>
/// <param name="At">Nearest place on its centre-line.</param>
/// <param name="DistanceM">How far the vehicle was from it, metres.</param>
public sealed record SegmentSnap(string Segment, GeoPoint At, double DistanceM);
