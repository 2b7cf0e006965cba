using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Evaluation.Lamps;

/// <summary>
/// The simple way, as drive-by scans were published: each reading goes to the nearest pole of the inventory, and a pole whose
/// most light stays below a fixed illuminance is out. Readings are placed between fixes, as fairly as ours.
/// </summary>
internal sealed class NearestPole(CityMap city)
{
    private const double ReachM = 20;
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(2);

    private readonly List<(DateTimeOffset Time, double Lux)> _waiting = [];
    private readonly Dictionary<string, NearestPolePass> _open = [];
    private readonly List<NearestPolePass> _passes = [];
    private (DateTimeOffset Time, Place At)? _last;

    public void Light(DateTimeOffset time, double lux) => _waiting.Add((time, lux));

    public void Fix(DateTimeOffset time, Place at)
    {
        if (_last is { } last)
        {
            foreach (var (when, lux) in _waiting) Take(when, lux, last.At.Towards(at, (when - last.Time) / (time - last.Time)));
        }

        _waiting.Clear();
        _last = (time, at);
    }

    public IReadOnlyList<NearestPolePass> End()
    {
        _passes.AddRange(_open.Values);
        return _passes;
    }

    private void Take(DateTimeOffset when, double lux, Place at)
    {
        Pole? nearest = null;
        var least = double.MaxValue;
        foreach (var (pole, distance) in city.PolesNear(at, ReachM))
        {
            if (distance < least) (nearest, least) = (pole, distance);
        }

        if (nearest is null) return;
        if (_open.TryGetValue(nearest.Id, out var pass))
        {
            if (when - pass.At <= Apart)
            {
                if (lux > pass.PeakLux) _open[nearest.Id] = pass with { PeakLux = lux };
                return;
            }

            _passes.Add(pass);
        }

        _open[nearest.Id] = new NearestPolePass(nearest.Id, when, lux);
    }
}
