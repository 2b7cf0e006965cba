namespace ThreeOneOne.Field.Fleet.Bodies;

/// <summary>What a driver, or somebody at a door, does to the vehicle at a moment of a scene.</summary>
/// <param name="ForwardMps2">Pedals.</param>
/// <param name="LeftMps2">Steering.</param>
/// <param name="Shaken">Felt by the body without the road.</param>
public readonly record struct SceneMotion(double ForwardMps2, double LeftMps2, (double X, double Y, double Z) Shaken);
