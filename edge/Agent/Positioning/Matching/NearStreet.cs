namespace ThreeOneOne.Field.Agent.Positioning.Matching;

/// <summary>The nearest place on a street.</summary>
/// <param name="Edge">The edge that drives it as digitised.</param>
/// <param name="AlongM">How far along, metres.</param>
/// <param name="OffM">How far from it, metres; right of it positive.</param>
/// <param name="East">Direction of the street there, of length 1.</param>
/// <param name="North">Direction of the street there, of length 1.</param>
internal readonly record struct NearStreet(int Edge, float AlongM, float OffM, float East, float North);
