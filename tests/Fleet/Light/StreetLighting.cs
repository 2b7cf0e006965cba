using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Fleet.Sky;

namespace ThreeOneOne.Field.Fleet.Light;

/// <summary>All the city's light at a place: lamps that are lit, sky, the glow of the town, shop windows.</summary>
public sealed class StreetLighting
{
    private readonly CityMap _city;
    private readonly int _seed;
    private readonly LightConditions _conditions;
    private readonly Dictionary<string, Lamp> _lamps;
    private readonly GridIndex<Lamp> _places = new(40);
    private readonly Lock _lock = new();
    private (long Step, double SunDeg, double MoonLux) _sky = (-1, 0, 0);

    public StreetLighting(CityMap city, int seed, LightConditions? conditions = null)
    {
        (_city, _seed, _conditions) = (city, seed, conditions ?? new LightConditions());
        _lamps = city.Poles.ToDictionary(p => p.Id, p => new Lamp(p, seed, _conditions));
        foreach (var lamp in _lamps.Values) _places.Add(lamp.At, lamp);
    }

    /// <summary>Puts a lamp out until it is repaired.</summary>
    /// <param name="pole">Of the inventory.</param>
    /// <param name="from">Until then it burns.</param>
    public void Kill(string pole, DateTimeOffset from = default) => Put(pole, new LampFault(LampFaultKind.Out, from, DateTimeOffset.MaxValue));

    /// <summary>Something is wrong with a lamp; takes the place of what was wrong before.</summary>
    public void Put(string pole, LampFault fault)
    {
        if (_lamps.TryGetValue(pole, out var lamp)) lamp.Fault = fault;
    }

    public void Repair(string pole, DateTimeOffset at)
    {
        if (_lamps.TryGetValue(pole, out var lamp) && lamp.Fault is { } fault && at < fault.Until) lamp.Fault = fault with { Until = at };
    }

    /// <summary>Whether it burns at night, if not always at its full light.</summary>
    public bool IsLit(string pole, DateTimeOffset now) =>
        !_lamps.TryGetValue(pole, out var lamp) || lamp.Fault is not { Kind: LampFaultKind.Out } fault || now < fault.From || now >= fault.Until;

    /// <summary>Where a lamp truly hangs, which the inventory need not know.</summary>
    public Place TruePlace(string pole) => _lamps[pole].At;

    /// <summary>Illuminance without passing traffic, lux.</summary>
    public double LuxAt(Place at, bool shops, DateTimeOffset now)
    {
        var (sunDeg, moonLux) = Sky(now);
        var sky = Sun.SkyLux(sunDeg);
        var lux = sky + moonLux + 0.25;
        if (shops) lux += ShopLux(at);
        var sunHour = (now.UtcDateTime.TimeOfDay.TotalHours + _city.Plane.Origin.Longitude / 15 + 24) % 24;
        var inLeaf = now.Month is >= 5 and <= 10;
        foreach (var (lamp, distance) in _places.Within(at, Luminaire.ReachM)) lux += lamp.LuxAt(at, distance, now, sunDeg, sunHour, inLeaf);
        return lux;
    }

    // Neither moves a tenth of a degree in this time. By the step alone, so that it doesn't matter who asked before.
    private (double SunDeg, double MoonLux) Sky(DateTimeOffset now)
    {
        const int StepSeconds = 20;
        var step = now.ToUnixTimeSeconds() / StepSeconds;
        lock (_lock)
        {
            if (_sky.Step != step)
            {
                var at = DateTimeOffset.FromUnixTimeSeconds(step * StepSeconds);
                _sky = (step, Sun.ElevationDeg(at, _city.Plane.Origin), _conditions.Moon ? Moon.Lux(at, _city.Plane.Origin) : 0);
            }

            return (_sky.SunDeg, _sky.MoonLux);
        }
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
        var draw = RoadSurface.HashCode(_seed, x * 92821 + y, 21) % 1000;
        return draw < 800 ? 0 : (draw - 800) / 200.0 * 4;
    }
}
