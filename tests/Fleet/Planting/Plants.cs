using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Light;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Fleet.Planting;

/// <summary>
/// What is wrong in the simulated city and known to nobody else: dead lamps and potholes along the streets that the fleet
/// patrols. The product only ever sees what its sensors feel.
/// </summary>
public sealed class Plants
{
    // A lamp nearer to another than this is covered by it: no passing sensor can tell.
    private const double ApartM = 15;

    // Lamps farther from the wheel tracks than this light something else.
    private const double BesideM = 12;

    // A street as long as this gives a stretch that is assessed from end to end, metres.
    private const double BlockM = 110;

    private readonly StreetLighting _lighting;

    private Plants(StreetLighting lighting, IReadOnlyList<DeadLamp> lamps, IReadOnlyList<PlantedPothole> potholes) =>
        (_lighting, Lamps, Potholes) = (lighting, lamps, potholes);

    public IReadOnlyList<DeadLamp> Lamps { get; }

    public IReadOnlyList<PlantedPothole> Potholes { get; }

    /// <summary>Plants along loops that are driven by day and by night, in each about as much; equal for equal seeds and loops.</summary>
    public static Plants Plant(CityMap city, RoadSurface road, StreetLighting lighting,
        IReadOnlyList<IReadOnlyCollection<StreetEdge>> loops, PlantingOptions options)
    {
        var lamps = ChooseLamps(city, loops, options);
        foreach (var lamp in lamps) lighting.Kill(lamp.Pole.Id, options.LampsOutFrom);
        var potholes = ChoosePotholes(loops, options);
        foreach (var hole in potholes) road.Put(hole.Edge, hole.Piece);
        return new Plants(lighting, lamps, potholes);
    }

    /// <summary>What has been mended, for the next run in the same city.</summary>
    public (Dictionary<string, DateTimeOffset> Relit, Dictionary<int, DateTimeOffset> Filled) Mended => (
        Lamps.Where(l => l.MendedAt is not null).ToDictionary(l => l.Pole.Id, l => l.MendedAt!.Value),
        Enumerable.Range(0, Potholes.Count).Where(i => Potholes[i].Piece.GoneAt is not null).ToDictionary(i => i, i => Potholes[i].Piece.GoneAt!.Value));

    /// <summary>
    /// Mends again what an earlier run mended, as of then; or as of this run's own beginning, when it drives a time before
    /// that again.
    /// </summary>
    public void Remember(IReadOnlyDictionary<string, DateTimeOffset> relit, IReadOnlyDictionary<int, DateTimeOffset> filled, DateTimeOffset begins)
    {
        foreach (var (pole, at) in relit) Relight(pole, at < begins ? at : begins);
        foreach (var (i, at) in filled)
        {
            if (i < 0 || i >= Potholes.Count) continue;
            Potholes[i].Piece.GoneAt = Potholes[i].ByOthers || at < begins ? at : begins;
        }
    }

    /// <summary>A crew has relit a lamp: lit from then on. False when it was not planted or is lit.</summary>
    public bool Relight(string pole, DateTimeOffset at)
    {
        if (Lamps.FirstOrDefault(l => l.Pole.Id == pole && l.MendedAt is null) is not { } lamp) return false;
        lamp.MendedAt = at;
        _lighting.Repair(pole, at);
        return true;
    }

    /// <summary>A crew has filled the nearest hole within the radius that is open at its time.</summary>
    /// <param name="near">Where the crew works.</param>
    /// <param name="radiusM">How far it looks, metres.</param>
    /// <param name="now">The crew's time.</param>
    /// <param name="from">From when on nobody feels it any more.</param>
    public bool Fill(Place near, double radiusM, DateTimeOffset now, DateTimeOffset from)
    {
        var hole = Potholes.Where(p => p.Piece.GoneAt is null || p.Piece.GoneAt > now)
            .OrderBy(p => p.At.DistanceSquaredTo(near)).FirstOrDefault();
        if (hole is null || hole.At.DistanceTo(near) > radiusM) return false;
        hole.Piece.GoneAt = from;
        return true;
    }

    private static List<DeadLamp> ChooseLamps(CityMap city, IReadOnlyList<IReadOnlyCollection<StreetEdge>> loops, PlantingOptions options)
    {
        List<DeadLamp> dead = [];
        var left = loops.Select((edges, i) => new Queue<Pole>(Shuffled(Beside(city, edges), Chance(options, i, 31)))).ToList();
        for (var turn = 0; dead.Count < options.DeadLamps && left.Any(l => l.Count > 0); turn++)
        {
            var loop = left[turn % left.Count];
            while (loop.TryDequeue(out var pole))
            {
                if (city.PolesNear(pole.At, ApartM).Any(n => n.Pole.Id != pole.Id)) continue;
                if (dead.Any(d => d.Pole.At.DistanceTo(pole.At) < 60)) continue;
                dead.Add(new DeadLamp(pole));
                break;
            }
        }

        return dead;
    }

    private static IEnumerable<Pole> Beside(CityMap city, IEnumerable<StreetEdge> edges)
    {
        Dictionary<string, Pole> beside = [];
        foreach (var edge in edges)
        {
            for (var along = 5.0; along < edge.LengthM; along += 5)
            {
                foreach (var (pole, _) in city.PolesNear(edge.PlaceAt(along).At, BesideM)) beside.TryAdd(pole.Id, pole);
            }
        }

        return beside.Values.OrderBy(p => p.Id, StringComparer.Ordinal);
    }

    /// <summary>Chooses potholes along loops, and puts none of them there yet: equal for equal seeds and loops.</summary>
    public static IReadOnlyList<PlantedPothole> ChoosePotholes(IReadOnlyList<IReadOnlyCollection<StreetEdge>> loops, PlantingOptions options)
    {
        List<PlantedPothole> holes = [];
        var chance = loops.Select((_, i) => Chance(options, i, 32)).ToList();
        // Away from junctions, where nobody drives fast enough to feel much.
        var left = loops.Select((edges, i) =>
            Shuffled(edges.Where(e => e.LengthM > 70).DistinctBy(e => e.Index).OrderBy(e => e.Index), chance[i])).ToList();
        var repairLoops = options.RepairLoops.Count > 0 ? options.RepairLoops : [.. Enumerable.Range(0, loops.Count)];
        for (var i = 0; i < options.Repairs && repairLoops.Count > 0; i++)
        {
            // Whether a street is smooth again is seen best where it is driven without a halt.
            var loop = repairLoops[i % repairLoops.Count];
            Dig(loop, left[loop].OrderByDescending(e => e.LengthM > BlockM).ToList(), options.RepairsAt);
        }

        for (var turn = 0; holes.Count < options.Potholes && left.Any(l => l.Count > 0); turn++)
            Dig(turn % left.Count, [.. left[turn % left.Count]], null);
        return holes;

        void Dig(int loop, List<StreetEdge> streets, DateTimeOffset? filledAt)
        {
            foreach (var edge in streets)
            {
                left[loop].Remove(edge);
                var along = 30 + (edge.LengthM - 60) * chance[loop].NextDouble();
                var (centre, heading) = edge.PlaceAt(along);
                var at = new Place(centre.X + Math.Sin(heading) * 1.8, centre.Y - Math.Cos(heading) * 1.8);
                if (holes.Any(h => h.At.DistanceTo(at) < 60)) continue;
                holes.Add(new PlantedPothole(edge, Hole(along, filledAt, chance[loop]), at) { ByOthers = filledAt is not null });
                return;
            }
        }
    }

    private static RoadPiece Hole(double along, DateTimeOffset? filledAt, Random random)
    {
        var wheel = random.NextDouble() < 0.65 ? 0.78 : -0.78;
        return new RoadPiece(PieceKind.Pothole, along, 0.5 + 0.6 * random.NextDouble(), -(0.04 + 0.06 * random.NextDouble()),
            wheel + 0.2 * (random.NextDouble() - 0.5), 0.6 + 0.3 * random.NextDouble()) { GoneAt = filledAt };
    }

    private static Random Chance(PlantingOptions options, int loop, int what) => new(RoadSurface.HashCode(options.Seed, loop, what));

    private static List<T> Shuffled<T>(IEnumerable<T> items, Random random) =>
        [.. items.Select(i => (Item: i, Draw: random.Next())).OrderBy(i => i.Draw).Select(i => i.Item)];
}
