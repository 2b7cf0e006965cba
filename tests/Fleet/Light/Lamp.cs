using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Fleet.Light;

/// <summary>One pole's light as it hangs: where it truly is, how bright, what stands before it, what is wrong with it.</summary>
internal sealed class Lamp
{
    private readonly Luminaire _luminaire;
    private readonly double _shade;
    private readonly double _shadeAngle;
    private readonly double _switchDeg;
    private readonly double _phase;
    private readonly bool _dims;
    private volatile LampFault? _fault;

    public Lamp(Pole pole, int seed, LightConditions conditions)
    {
        Pole = pole;
        var id = Hash(pole.Id);
        var random = new Random(RoadSurface.HashCode(seed, id, 22));
        var usual = pole.Kind.Contains("Cobra", StringComparison.OrdinalIgnoreCase) ? 22.0 : 14.0;
        var straightBelow = usual * Math.Exp(0.25 * Gaussian.Next(random));
        // What the plain city doesn't have is drawn from elsewhere, so that it stays as it is.
        random = new Random(RoadSurface.HashCode(seed, id, 23));
        At = pole.At;
        var (east, north) = (Gaussian.Next(random), Gaussian.Next(random));
        var off = Math.Sqrt(east * east + north * north) * conditions.PoleErrorM / 2;
        var shrink = off > conditions.PoleErrorM ? conditions.PoleErrorM / off : 1;
        At = new Place(At.X + east * conditions.PoleErrorM / 2 * shrink, At.Y + north * conditions.PoleErrorM / 2 * shrink);
        _shade = random.NextDouble() < conditions.ShadedShare ? 0.3 + 0.5 * random.NextDouble() : 0;
        _shadeAngle = random.NextDouble() * Math.Tau;
        var weak = random.NextDouble() < conditions.WeakShare ? 0.1 + 0.23 * random.NextDouble() : 1;
        _switchDeg = conditions.Photocells ? -1 - 3 * random.NextDouble() : -1.4;
        _phase = random.NextDouble();
        var street = pole.Id.Contains('-', StringComparison.Ordinal) ? pole.Id[..pole.Id.IndexOf('-', StringComparison.Ordinal)] : pole.Id;
        _dims = RoadSurface.HashCode(seed, Hash(street), 24) % 1000 < 1000 * conditions.DimmingShare;
        _luminaire = new Luminaire(straightBelow * weak * pole.Lamps);
    }

    public Pole Pole { get; }

    /// <summary>Where it truly hangs.</summary>
    public Place At { get; }

    /// <summary>What is wrong with it; null when nothing ever was.</summary>
    public LampFault? Fault
    {
        get => _fault;
        set => _fault = value;
    }

    public double LuxAt(Place at, double distanceM, DateTimeOffset now, double sunDeg, double sunHour, bool inLeaf)
    {
        var fault = _fault;
        if (sunDeg > _switchDeg && fault?.Kind != LampFaultKind.DayBurner) return 0;
        var lux = _luminaire.LuxAt(distanceM);
        if (fault is not null) lux *= fault.LeftAt(now, _phase);
        if (_dims && sunHour is >= 0 and < 5) lux *= 0.5;
        if (inLeaf && _shade > 0) lux *= 1 - _shade * (0.5 + 0.5 * Math.Cos(At.AngleTo(at) - _shadeAngle));
        return lux;
    }

    private static int Hash(string text) => text.Aggregate(17, (h, c) => unchecked(h * 31 + c));
}
