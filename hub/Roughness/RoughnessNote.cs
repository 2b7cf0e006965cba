namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>Something that keeps estimates of roughness from being better.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Says">The cause, in words.</param>
/// <param name="Remedy">What to do.</param>
public sealed record RoughnessNote(string Code, string Says, string Remedy);
