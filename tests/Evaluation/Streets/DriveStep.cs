using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Evaluation.Streets;

/// <summary>Where a vehicle truly is.</summary>
/// <param name="Edge">The edge that it drives.</param>
/// <param name="AlongM">How far along, metres.</param>
/// <param name="At">On the city's plane, metres.</param>
/// <param name="Heading">Radians from east.</param>
/// <param name="SpeedMps">Over ground.</param>
internal readonly record struct DriveStep(StreetEdge Edge, double AlongM, Place At, double Heading, double SpeedMps);
