using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Fleet.Road;

/// <summary>Every lane's profile and pieces, made when first driven and the same for one seed.</summary>
public sealed class RoadSurface(int seed)
{
    private readonly Dictionary<int, RoadProfile> _profiles = [];
    private readonly Dictionary<int, List<RoadPiece>> _pieces = [];
    private readonly Lock _lock = new();

    public RoadProfile Profile(StreetEdge edge)
    {
        lock (_lock)
        {
            if (_profiles.TryGetValue(edge.Index, out var known)) return known;
            var random = new Random(HashCode(seed, edge.Index, 11));
            // A city of frost and utility cuts: ISO class B on major roads, B to C on the others.
            var middle = edge.Segment.Major ? 60e-6 : 110e-6;
            var profile = new RoadProfile(edge.LengthM, middle * Math.Exp(0.5 * Driving.Gaussian.Next(random)), random);
            _profiles[edge.Index] = profile;
            return profile;
        }
    }

    /// <summary>What lies on a lane: what was built there, and what was put there.</summary>
    public IReadOnlyList<RoadPiece> Pieces(StreetEdge edge)
    {
        lock (_lock) return List(edge);
    }

    public void Put(StreetEdge edge, RoadPiece piece)
    {
        // Copied, so that a vehicle on the lane reads on undisturbed.
        lock (_lock) _pieces[edge.Index] = [.. List(edge), piece];
    }

    public IReadOnlyList<double> Humps(StreetEdge edge) =>
        [.. Pieces(edge).Where(p => p.Kind == PieceKind.Hump).Select(p => p.AlongM)];

    private List<RoadPiece> List(StreetEdge edge)
    {
        if (_pieces.TryGetValue(edge.Index, out var known)) return known;
        var random = new Random(HashCode(seed, edge.Index, 12));
        List<RoadPiece> pieces = [];
        for (var along = 20 + 160 * random.NextDouble(); along < edge.LengthM - 15; along += 60 + 200 * random.NextDouble())
        {
            // A frame sits a little proud or low of the asphalt.
            var height = (random.NextDouble() < 0.5 ? -1 : 1) * (0.004 + 0.014 * random.NextDouble());
            pieces.Add(new RoadPiece(PieceKind.Casting, along, 0.65, height, -0.9 + 1.8 * random.NextDouble(), 0.65));
        }

        if (!edge.Segment.Major && edge.LengthM > 90 && random.NextDouble() < 0.06)
            pieces.Add(new RoadPiece(PieceKind.Hump, edge.LengthM * 0.5, 3.7, 0.075, 0, 3));
        if (random.NextDouble() < 0.04)
            pieces.Add(new RoadPiece(PieceKind.Joint, edge.LengthM * random.NextDouble(), 0.8, 0.006 + 0.008 * random.NextDouble(), 0, 3));
        _pieces[edge.Index] = pieces;
        return pieces;
    }

    /// <summary>A seed for one thing of the city, the same in every process.</summary>
    public static int HashCode(int seed, int thing, int purpose)
    {
        unchecked
        {
            var h = (uint)seed * 2654435761u ^ (uint)thing * 2246822519u ^ (uint)purpose * 3266489917u;
            h ^= h >> 15;
            h *= 2246822519u;
            h ^= h >> 13;
            return (int)(h & 0x7fffffff);
        }
    }
}
