using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Assets;

/// <summary>A street light: a pole with its luminaires.</summary>
/// <param name="Pole">Asset id in the city's inventory, unique.</param>
/// <param name="At">Place of the pole.</param>
/// <param name="Owner">As the city writes it: "City", "Private"; null when unknown.</param>
/// <param name="Kind">Kind of fixture on screens: "Cobrahead".</param>
/// <param name="Fixture">The city's fixture code: "A2".</param>
/// <param name="Lamps">Luminaires on the pole.</param>
/// <param name="Neighbourhood">The city's number of the neighbourhood; null when unknown.</param>
public sealed record StreetLight(
    string Pole, GeoPoint At, string? Owner, string? Kind, string? Fixture, int Lamps, int? Neighbourhood);
