using System.Globalization;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Hub.Assets;

namespace ThreeOneOne.Field.Evaluation.Tickets;

/// <summary>The simulated city's own map of its castings and humps, as good as such maps are: some are missing, and none is quite in its place.</summary>
internal static class CityLayer
{
    /// <summary>Share of the structures that the map has.</summary>
    public const double KnownShare = 0.9;

    /// <summary>How far off it has them, metres.</summary>
    public const double LeastOffM = 2;
    public const double MostOffM = 4;

    // Of the lane's middle from the street's.
    private const double LaneM = 1.8;

    /// <summary>What the city would give the hub: flush frames, too, which no wheel feels.</summary>
    public static IReadOnlyList<RoadStructure> Of(TicketCity city, CityPlane plane, int seed)
    {
        var random = new Random(RoadSurface.HashCode(seed, 0, 83));
        List<RoadStructure> map = [];
        foreach (var lane in city.Lanes)
        {
            foreach (var piece in city.World.Road.Pieces(lane))
            {
                if (piece.Kind is not (PieceKind.Casting or PieceKind.Hump or PieceKind.Table) || random.NextDouble() >= KnownShare) continue;
                var (middle, heading) = lane.PlaceAt(piece.AlongM + piece.LengthM / 2);
                var right = LaneM + piece.CentreM;
                var (off, towards) = (LeastOffM + (MostOffM - LeastOffM) * random.NextDouble(), Math.Tau * random.NextDouble());
                var at = new Place(middle.X + Math.Sin(heading) * right + off * Math.Cos(towards), middle.Y - Math.Cos(heading) * right + off * Math.Sin(towards));
                map.Add(new RoadStructure(
                    "city", map.Count.ToString(CultureInfo.InvariantCulture), piece.Kind == PieceKind.Casting ? RoadStructureKind.Casting : RoadStructureKind.Hump, plane.ToGeo(at), 3));
            }
        }

        return map;
    }
}
