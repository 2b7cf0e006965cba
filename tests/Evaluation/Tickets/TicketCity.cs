using ThreeOneOne.Field.Fleet.Bodies;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Planting;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Fleet.Vehicles;

namespace ThreeOneOne.Field.Evaluation.Tickets;

/// <summary>
/// A part of the simulated city: loops that vehicles drive, potholes that come, are filled by somebody else and break open
/// again, and for each pothole as many castings as Boston has.
/// </summary>
internal sealed class TicketCity
{
    /// <summary>Castings for each pothole in Boston's streets.</summary>
    public const int CastingsPerHole = 8;

    // Of lane for each pothole, metres.
    private const double HoleEveryM = 330;

    // A hole is filled by somebody else, and a filled one breaks open again, by these chances.
    private const double FilledShare = 0.25;
    private const double BackShare = 0.4;
    private const double FreshShare = 0.5;

    public TicketCity(CityMap map, int loops, int days, int seed)
    {
        World = new World(map, seed, Difficulty.Street);
        Loops = Districts.Patrols(map, World.Router, loops, seed);
        Days = days;
        Lanes = [.. Loops.SelectMany(l => l.Loop).DistinctBy(e => e.Index)];
        var holes = Plants.ChoosePotholes([.. Loops.Select(l => l.Loop)], new PlantingOptions
        {
            Seed = seed, Potholes = (int)(LanesM / HoleEveryM), Repairs = 0,
        });
        var random = new Random(RoadSurface.HashCode(seed, 0, 81));
        Holes = [.. holes.Select(h => Live(h, random))];
        Castings = Cast(random);
    }

    /// <summary>The first day's midnight, UTC.</summary>
    public static DateTimeOffset Begins { get; } = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public World World { get; }

    public IReadOnlyList<Patrol> Loops { get; }

    public int Days { get; }

    /// <summary>Every lane of the loops, once.</summary>
    public IReadOnlyList<StreetEdge> Lanes { get; }

    public double LanesM => Lanes.Sum(l => l.LengthM);

    public IReadOnlyList<CityHole> Holes { get; }

    /// <summary>How many castings lie in the lanes.</summary>
    public int Castings { get; }

    /// <summary>How many humps, joints, rails and patches do.</summary>
    public int Others => Lanes.Sum(l => World.Road.Pieces(l).Count(p => p.Kind is not (PieceKind.Pothole or PieceKind.Casting)));

    private CityHole Live(PlantedPothole hole, Random random)
    {
        // Half are there from the beginning, the others come in the first half.
        var pieces = new PieceDraw(new ParameterDraw(random, ParameterSet.Scoring)).Pothole(hole.Piece.AlongM);
        var from = random.NextDouble() < FreshShare ? Begins : Begins.AddDays(random.NextDouble() * Days / 2);
        var (filled, back) = (random.NextDouble() < FilledShare, random.NextDouble() < BackShare);
        var filledAt = Begins.AddDays(Days * (0.45 + 0.15 * random.NextDouble()));
        return new CityHole(hole.Edge, pieces, hole.At, from, filled ? filledAt : null, filled && back ? filledAt.AddDays(Days * 0.25) : null);
    }

    // More of what the lanes have already: frames of the same shapes, where there are fewer than Boston's share.
    private int Cast(Random random)
    {
        var shapes = Lanes.SelectMany(l => World.Road.Pieces(l)).Where(p => p.Kind == PieceKind.Casting).ToList();
        var count = shapes.Count;
        while (shapes.Count > 0 && count < CastingsPerHole * Holes.Count)
        {
            var lane = Lanes[random.Next(Lanes.Count)];
            var along = lane.LengthM * random.NextDouble();
            var shape = shapes[random.Next(shapes.Count)];
            if (World.Road.Pieces(lane).Any(p => Math.Abs(p.AlongM - along) < 8)) continue;
            World.Road.Put(lane, shape with { AlongM = along });
            count++;
        }

        return count;
    }
}
