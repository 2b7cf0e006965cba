namespace ThreeOneOne.Field.Wire;

/// <summary>Labour, equipment or material of the city's table of rates; what it costs is not said.</summary>
/// <param name="Code">Code, as in <see cref="UsedItem"/>.</param>
/// <param name="Title">On screens, in the city's language.</param>
/// <param name="Unit">"hour", "bag", "piece".</param>
/// <param name="Services">Service codes whose jobs usually take it; null: any.</param>
public sealed record ProfileRate(string Code, string Title, string Unit, string[]? Services = null);
