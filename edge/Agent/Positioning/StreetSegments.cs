using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Positioning;

/// <summary>
/// The city's centre-lines, for the nearest segment within <see cref="MaxDistanceM"/>. Straight pieces lie in a grid of
/// 100 m cells, about 30 bytes each; immutable, shared by all vehicles of a process.
/// </summary>
public sealed class StreetSegments
{
    public const double MaxDistanceM = 25;

    // A street that crosses the course counts as this much farther away: at a crossing the own street wins.
    private const double CrossingPenaltyM = 20;
    private const double CrossingDeg = 45;

    private readonly string[] _ids;
    private readonly Piece[] _pieces;
    private readonly CellGrid _grid;

    private StreetSegments(string[] ids, Piece[] pieces)
    {
        _ids = ids;
        _pieces = pieces;
        _grid = new CellGrid(pieces.Length, i => (pieces[i].A, pieces[i].B));
    }

    public int Count => _ids.Length;

    /// <summary>Reads LineString and MultiLineString features of a GeoJSON file.</summary>
    /// <param name="path">File of one FeatureCollection, WGS 84.</param>
    /// <param name="idProperty">Name of the property with the segment's id.</param>
    /// <exception cref="InvalidDataException">Not such a file.</exception>
    public static StreetSegments Load(string path, string idProperty = "ID")
    {
        var ids = new List<string>();
        var pieces = new List<Piece>();
        foreach (var feature in CityLayer.Read(path))
        {
            if (feature.Text(idProperty) is not { } id) continue;
            ids.Add(id);
            foreach (var line in feature.Lines())
            {
                for (var i = 1; i < line.Count; i++) pieces.Add(new Piece(line[i - 1], line[i], ids.Count - 1));
            }
        }

        return new StreetSegments([.. ids], [.. pieces]);
    }

    /// <summary>The segment that a vehicle at this place drives on; null when none is near.</summary>
    public SegmentSnap? Snap(GeoPoint at, double? courseDeg = null)
    {
        SegmentSnap? best = null;
        var bestCost = double.MaxValue;
        foreach (var index in _grid.Near(at, MaxDistanceM))
        {
            var piece = _pieces[index];
            var (east, north) = piece.A.OffsetMTo(piece.B);
            var (x, y) = piece.A.OffsetMTo(at);
            var length2 = east * east + north * north;
            var along = length2 > 0 ? Math.Clamp((x * east + y * north) / length2, 0, 1) : 0;
            var distance = Math.Sqrt(Math.Pow(x - along * east, 2) + Math.Pow(y - along * north, 2));
            if (distance > MaxDistanceM) continue;
            var cost = distance + (courseDeg is { } course && Crosses(course, east, north) ? CrossingPenaltyM : 0);
            if (cost >= bestCost) continue;
            bestCost = cost;
            best = new SegmentSnap(_ids[piece.Segment], piece.A.MovedByM(along * east, along * north), distance);
        }

        return best;
    }

    private static bool Crosses(double courseDeg, double east, double north)
    {
        var between = Math.Abs(courseDeg - Math.Atan2(east, north) * 180 / Math.PI) % 180;
        return Math.Min(between, 180 - between) > CrossingDeg;
    }

    private readonly record struct Piece(GeoPoint A, GeoPoint B, int Segment);
}
