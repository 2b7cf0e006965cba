namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>One thing that a check of a city's server found out.</summary>
/// <param name="What">What was tried.</param>
/// <param name="Found">What came of it.</param>
/// <param name="Set">The setting to make; empty when none is needed.</param>
public sealed record CityFinding(string What, string Found, string Set);
