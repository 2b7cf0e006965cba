using System.Globalization;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Hub.Assets;

namespace ThreeOneOne.Field.Evaluation.Tickets;

/// <summary>The simulated city's own map of its structures, as the hub keeps it.</summary>
internal static class CityLayer
{
    public static IReadOnlyList<RoadStructure> Of(TicketCity city, CityPlane plane, int seed) =>
    [
        .. StructureMap.Of(city.World.Road, city.Lanes, seed).Select((structure, i) => new RoadStructure(
            "city", i.ToString(CultureInfo.InvariantCulture), structure.Kind == PieceKind.Casting ? RoadStructureKind.Casting : RoadStructureKind.Hump, plane.ToGeo(structure.At), 3)),
    ];
}
