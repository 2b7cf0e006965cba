using ThreeOneOne.Field.Fleet.Bodies;
using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Fleet.Road;

/// <summary>Every lane's profile and pieces, made when first driven and the same for one seed.</summary>
/// <param name="seed">Of all that lies on the city's roads.</param>
/// <param name="difficulty">How much of it does.</param>
public sealed class RoadSurface(int seed, Difficulty difficulty = Difficulty.Demo)
{
    // A city's own castings lie this far from each other, metres: eight for each pothole and more.
    private const double LeastCastingsM = 12;
    private const double MostCastingsM = 70;

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
            // Not all wear alike: some are of class A still, some of D.
            var spread = difficulty == Difficulty.Demo ? 0.5 : 0.9;
            var profile = new RoadProfile(edge.LengthM, middle * Math.Exp(spread * Driving.Gaussian.Next(random)), random);
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
        [.. Pieces(edge).Where(p => p.Kind is PieceKind.Hump or PieceKind.Table or PieceKind.MetalBump).Select(p => p.AlongM)];

    private List<RoadPiece> List(StreetEdge edge)
    {
        if (_pieces.TryGetValue(edge.Index, out var known)) return known;
        var random = new Random(HashCode(seed, edge.Index, 12));
        var pieces = difficulty == Difficulty.Demo ? Few(edge, random) : Many(edge, random);
        _pieces[edge.Index] = pieces;
        return pieces;
    }

    private static List<RoadPiece> Few(StreetEdge edge, Random random)
    {
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
        return pieces;
    }

    private static List<RoadPiece> Many(StreetEdge edge, Random random)
    {
        List<RoadPiece> pieces = [];
        var draw = new ParameterDraw(random, ParameterSet.Scoring);
        var of = new PieceDraw(draw);
        for (var along = 8 + MostCastingsM * random.NextDouble(); along < edge.LengthM - 8; along += LeastCastingsM + (MostCastingsM - LeastCastingsM) * random.NextDouble())
            pieces.Add(draw.Happens(0.5) ? of.FlushCasting(along) : of.Casting(along));
        for (var along = 60 * random.NextDouble(); along < edge.LengthM - 10; along += 20 + 120 * random.NextDouble()) pieces.Add(of.Patch(along));
        if (draw.Happens(0.08)) pieces.Add(of.Joint(edge.LengthM * (0.1 + 0.8 * random.NextDouble())));
        if (draw.Happens(0.02)) pieces.AddRange(of.Rails(edge.LengthM * (0.2 + 0.6 * random.NextDouble())));
        if (edge.LengthM > 60 && draw.Happens(0.05)) pieces.Add(of.Gravel(edge.LengthM * (0.1 + 0.5 * random.NextDouble()), draw.Between(6, 40)));
        if (edge.Segment.Major || edge.LengthM < 90) return pieces;
        if (draw.Happens(0.08)) pieces.Add(of.Hump(edge.LengthM * 0.5));
        else if (draw.Happens(0.04)) pieces.AddRange(of.MetalBumps(edge.LengthM * 0.5));
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
