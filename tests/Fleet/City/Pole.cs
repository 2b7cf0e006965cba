namespace ThreeOneOne.Field.Fleet.City;

/// <summary>One street light of the city's inventory.</summary>
/// <param name="Id">The city's PoleID.</param>
/// <param name="Kind">Its description, such as "Cobrahead".</param>
/// <param name="At">Where it stands.</param>
public sealed record Pole(string Id, string Kind, Place At);
