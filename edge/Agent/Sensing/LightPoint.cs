namespace ThreeOneOne.Field.Agent.Sensing;

/// <summary>The light about a closest approach, evenly along the track.</summary>
/// <param name="EastM">Metres from the closest approach.</param>
/// <param name="NorthM">The same.</param>
/// <param name="AlongM">Driven, from the closest approach.</param>
/// <param name="Lux">Read.</param>
internal readonly record struct LightPoint(double EastM, double NorthM, double AlongM, double Lux);
