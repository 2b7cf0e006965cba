using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Fleet.Sensed;

/// <summary>Where a simulated vehicle truly was.</summary>
/// <param name="Time">World time, UTC.</param>
/// <param name="Edge">The lane that it drove on.</param>
/// <param name="AlongM">How far along, metres.</param>
/// <param name="At">Its place in the city's plane, metres.</param>
/// <param name="Heading">Radians counter-clockwise from east.</param>
/// <param name="SpeedMps">Along its heading.</param>
/// <param name="WanderM">How far right of its usual line, metres.</param>
public readonly record struct DrivenPlace(DateTimeOffset Time, StreetEdge Edge, double AlongM, Place At, double Heading, double SpeedMps, double WanderM);
