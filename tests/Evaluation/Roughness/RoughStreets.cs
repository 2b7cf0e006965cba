using ThreeOneOne.Field.Hub.Roughness;
using ThreeOneOne.Field.Hub.Streets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Roughness;

/// <summary>Straight streets of all ISO 8608 classes with a lane each way, far enough from each other not to be mistaken.</summary>
internal sealed class RoughStreets
{
    private const double ApartM = 400, LaneM = 1.8;
    private static readonly GeoPoint Origin = new(42.37, -71.11);

    private readonly (RoughLane Along, RoughLane Against)[] _lanes;

    /// <param name="count">Streets.</param>
    /// <param name="smoothest">Least Gd(n0), m³: 16e-6 is the middle of class A.</param>
    /// <param name="roughest">Most: 4096e-6 is the middle of class E.</param>
    /// <param name="random">Seeded by the city.</param>
    public RoughStreets(int count, double smoothest, double roughest, Random random)
    {
        _lanes = new (RoughLane, RoughLane)[count];
        List<StreetSegment> segments = [];
        for (var i = 0; i < count; i++)
        {
            var length = 100.0 * random.Next(4, 9);
            // Both lanes of a street were paved together and wear differently; every part of the range has its streets.
            var level = smoothest * Math.Pow(roughest / smoothest, (i + random.NextDouble()) / count);
            _lanes[i] = (Lane(level), Lane(level));
            segments.Add(new StreetSegment($"s{i}", $"Street {i}", 3, null, null, null, null, [Place(i, 0, 0), Place(i, length, 0)]));

            RoughLane Lane(double roughness) => new(length, roughness * Math.Exp(0.4 * (random.NextDouble() - 0.5)), new Random(random.Next()));
        }

        Map = new StreetMap(segments, [], new StreetsOptions());
    }

    public int Count => _lanes.Length;

    public StreetMap Map { get; }

    public RoughLane Lane(int street, bool along) => along ? _lanes[street].Along : _lanes[street].Against;

    /// <summary>Where a vehicle is that has driven so far on a lane, its lead included.</summary>
    public GeoPoint At(int street, bool along, double drivenM)
    {
        var place = drivenM - RoughLane.LeadM;
        return along ? Place(street, place, LaneM) : Place(street, _lanes[street].Along.LengthM - place, -LaneM);
    }

    /// <summary>The true index of a piece, m/km.</summary>
    public double Index(Piece piece, PieceMap pieces)
    {
        var segment = Map.Segment(piece.Segment)!;
        var lane = Lane(int.Parse(piece.Segment.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture), piece.Along);
        var (length, count) = (pieces.LengthM(segment), pieces.Count(segment));
        var from = (piece.Along ? piece.Index : count - 1 - piece.Index) * length;
        return lane.Index(from, Math.Min(lane.LengthM, from + length));
    }

    private static GeoPoint Place(int street, double northM, double eastM) => Origin.MovedByM(street * ApartM + eastM, northM);
}
