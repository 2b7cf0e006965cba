namespace ThreeOneOne.Field.Fleet.Recordings;

/// <summary>A reading on a street.</summary>
/// <param name="AlongM">Metres from the street segment's start.</param>
/// <param name="RightM">Metres right of its centre-line, as recorded.</param>
/// <param name="Lux">The reading.</param>
public readonly record struct LuxPoint(double AlongM, double RightM, double Lux);
