namespace ThreeOneOne.Field.Wire;

/// <summary>A service of the catalogue.</summary>
/// <param name="Code">Service code.</param>
/// <param name="Title">On screens, in the city's language.</param>
public sealed record ProfileService(string Code, string Title);
