using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Light;
using ThreeOneOne.Field.Fleet.Vehicles;

namespace ThreeOneOne.Field.Evaluation.Lamps;

/// <summary>A city at night in which it is known what is wrong with which light, and since when.</summary>
internal sealed class LampCity
{
    private const double NeighbourM = 45;

    private readonly Dictionary<string, LampFault> _faults = [];
    private readonly List<IReadOnlyList<Pole>> _circuits = [];
    private readonly Random _random;
    private readonly DateTimeOffset _from;

    public LampCity(CityMap map, int seed, DateTimeOffset faultsFrom)
    {
        World = new World(map, seed, light: LightConditions.Hard);
        (_random, _from) = (new Random(seed * 7919 + 17), faultsFrom);
        var several = map.Poles.Where(p => p.Lamps > 1).ToList();
        var single = new Queue<Pole>(Shuffled(map.Poles.Where(p => p.Lamps == 1)));
        foreach (var pole in Shuffled(several).Take(several.Count / 2))
            Put(pole, LampFaultKind.Partial, (double)_random.Next(1, pole.Lamps) / pole.Lamps);
        var count = map.Poles.Count;
        for (var i = 0; i < Math.Max(1, count / 600); i++) Circuit(map, single.Dequeue(), 8 + _random.Next(9));
        Some(count * 3 / 100, LampFaultKind.Out, () => 0);
        Some(count / 100, LampFaultKind.Dim, () => 0.25 + 0.2 * _random.NextDouble());
        Some(count / 100, LampFaultKind.Cycling, () => 0);
        Some(count / 100, LampFaultKind.DayBurner, () => 0);

        void Some(int most, LampFaultKind kind, Func<double> share)
        {
            for (var i = 0; i < most && single.TryDequeue(out var pole);)
            {
                if (_faults.ContainsKey(pole.Id)) continue;
                Put(pole, kind, share());
                i++;
            }
        }
    }

    public World World { get; }

    /// <summary>Rows of neighbouring lights of one street that went dark together.</summary>
    public IReadOnlyList<IReadOnlyList<Pole>> Circuits => _circuits;

    /// <summary>What is wrong with a light; null: it works.</summary>
    public LampFaultKind? FaultOf(string pole) => _faults.TryGetValue(pole, out var fault) ? fault.Kind : null;

    private void Put(Pole pole, LampFaultKind kind, double share)
    {
        var fault = new LampFault(kind, _from, DateTimeOffset.MaxValue, share);
        _faults[pole.Id] = fault;
        World.Lighting.Put(pole.Id, fault);
    }

    // Along its street, as the city numbers it: always on to the nearest of the same street.
    private void Circuit(CityMap map, Pole first, int length)
    {
        List<Pole> row = [first];
        while (row.Count < length)
        {
            var next = map.PolesNear(row[^1].At, NeighbourM).Where(n => Street(n.Pole) == Street(first) && !row.Contains(n.Pole) && !_faults.ContainsKey(n.Pole.Id))
                .OrderBy(n => n.DistanceM).ThenBy(n => n.Pole.Id, StringComparer.Ordinal).Select(n => n.Pole).FirstOrDefault();
            if (next is null) break;
            row.Add(next);
        }

        foreach (var pole in row) Put(pole, LampFaultKind.Out, 0);
        if (row.Count >= 3) _circuits.Add(row);
    }

    private static string Street(Pole pole) => pole.Id.Split('-')[0];

    private List<Pole> Shuffled(IEnumerable<Pole> poles) =>
        [.. poles.OrderBy(p => p.Id, StringComparer.Ordinal).Select(p => (Pole: p, Draw: _random.Next())).OrderBy(p => p.Draw).Select(p => p.Pole)];
}
