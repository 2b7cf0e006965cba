using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Fleet.Road;

/// <summary>What a city's own map says of one structure in its roads.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">Where the map has it.</param>
public sealed record MappedStructure(PieceKind Kind, Place At);

/// <summary>The simulated city's own map of its castings and humps, as good as such maps are: some are missing, and none is quite in its place.</summary>
public static class StructureMap
{
    /// <summary>Share of the structures that the map has.</summary>
    public const double KnownShare = 0.9;

    /// <summary>How far off it has them, metres.</summary>
    public const double LeastOffM = 2;
    public const double MostOffM = 4;

    // Of the lane's middle from the street's.
    private const double LaneM = 1.8;

    /// <summary>Flush frames, too, which no wheel feels. Equal for equal roads, lanes and seeds.</summary>
    /// <param name="road">What truly lies there.</param>
    /// <param name="lanes">Whose structures, in order.</param>
    /// <param name="seed">Of the map's faults.</param>
    public static IEnumerable<MappedStructure> Of(RoadSurface road, IEnumerable<StreetEdge> lanes, int seed)
    {
        var random = new Random(RoadSurface.HashCode(seed, 0, 83));
        foreach (var lane in lanes)
        {
            foreach (var piece in road.Pieces(lane))
            {
                if (piece.Kind is not (PieceKind.Casting or PieceKind.Hump or PieceKind.Table) || random.NextDouble() >= KnownShare) continue;
                var (middle, heading) = lane.PlaceAt(piece.AlongM + piece.LengthM / 2);
                var right = LaneM + piece.CentreM;
                var (off, towards) = (LeastOffM + (MostOffM - LeastOffM) * random.NextDouble(), Math.Tau * random.NextDouble());
                yield return new MappedStructure(piece.Kind, new Place(
                    middle.X + Math.Sin(heading) * right + off * Math.Cos(towards), middle.Y - Math.Cos(heading) * right + off * Math.Sin(towards)));
            }
        }
    }
}
