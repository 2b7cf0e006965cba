namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>One entry of a city's list of services.</summary>
/// <param name="Code">Service code.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Metadata">It has a definition with attributes.</param>
/// <param name="Type"><c>realtime</c>, <c>batch</c> (answers with a token) or <c>blackbox</c> (answers with nothing).</param>
/// <param name="Group">Heading.</param>
/// <param name="Keywords">Comma list.</param>
public sealed record CityService(string Code, string? Name, bool Metadata, string Type, string? Group, string? Keywords);
