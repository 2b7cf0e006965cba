namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>Something known of the scale and floor of a connected part.</summary>
/// <param name="Part">Which.</param>
/// <param name="Off">How far the model is off it.</param>
/// <param name="ByScale">By what a step of the scale changes that.</param>
/// <param name="ByFloor">The same of the floor.</param>
/// <param name="Weight">One over its variance.</param>
internal readonly record struct Knowledge(int Part, double Off, double ByScale, double ByFloor, double Weight);
