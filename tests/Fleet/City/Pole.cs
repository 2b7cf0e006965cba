namespace ThreeOneOne.Field.Fleet.City;

/// <summary>One street light of the city's inventory.</summary>
/// <param name="Id">The city's PoleID.</param>
/// <param name="Kind">Its description, such as "Cobrahead".</param>
/// <param name="At">Where the inventory has it.</param>
/// <param name="Lamps">Luminaires that it carries.</param>
public sealed record Pole(string Id, string Kind, Place At, int Lamps = 1);
