using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Fleet.Sky;

namespace ThreeOneOne.Field.Fleet.Light;

/// <summary>All the city's light at a place: lamps that are lit, sky, the glow of the town, shop windows.</summary>
public sealed class StreetLighting(CityMap city, int seed)
{
    private readonly Dictionary<string, Luminaire> _lamps = city.Poles.ToDictionary(p => p.Id, p => Lamp(p, seed));
    private readonly Dictionary<string, DateTimeOffset> _deadUntil = [];
    private readonly Lock _lock = new();

    /// <summary>Puts a lamp out until it is repaired.</summary>
    public void Kill(string pole)
    {
        lock (_lock) _deadUntil[pole] = DateTimeOffset.MaxValue;
    }

    public void Repair(string pole, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (_deadUntil.TryGetValue(pole, out var until) && at < until) _deadUntil[pole] = at;
        }
    }

    public bool IsLit(string pole, DateTimeOffset now)
    {
        lock (_lock) return !_deadUntil.TryGetValue(pole, out var until) || now >= until;
    }

    /// <summary>Illuminance without passing traffic, lux.</summary>
    public double LuxAt(Place at, bool shops, DateTimeOffset now)
    {
        var sky = Sun.SkyLux(Sun.ElevationDeg(now, city.Plane.Origin));
        var lux = sky + 0.25;
        if (shops) lux += ShopLux(at);
        // Lamps burn from dusk; by day they would not show anyway.
        if (sky > 80) return lux;
        foreach (var (pole, distance) in city.PolesNear(at, Luminaire.ReachM))
        {
            if (IsLit(pole.Id, now)) lux += _lamps[pole.Id].LuxAt(distance);
        }

        return lux;
    }

    // Shop fronts come in stretches of some tens of metres; on the roadway they add a few lux.
    private double ShopLux(Place at)
    {
        const double StretchM = 35;
        var x = (int)Math.Floor(at.X / StretchM);
        var y = (int)Math.Floor(at.Y / StretchM);
        var fx = at.X / StretchM - x;
        var fy = at.Y / StretchM - y;
        return (Cell(x, y) * (1 - fx) + Cell(x + 1, y) * fx) * (1 - fy) + (Cell(x, y + 1) * (1 - fx) + Cell(x + 1, y + 1) * fx) * fy;
    }

    private double Cell(int x, int y)
    {
        var draw = RoadSurface.HashCode(seed, x * 92821 + y, 21) % 1000;
        return draw < 800 ? 0 : (draw - 800) / 200.0 * 4;
    }

    private static Luminaire Lamp(Pole pole, int seed)
    {
        var id = pole.Id.Aggregate(17, (h, c) => unchecked(h * 31 + c));
        var random = new Random(RoadSurface.HashCode(seed, id, 22));
        var usual = pole.Kind.Contains("Cobra", StringComparison.OrdinalIgnoreCase) ? 22.0 : 14.0;
        return new Luminaire(usual * Math.Exp(0.25 * Gaussian.Next(random)));
    }
}
