using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>
/// A winding road of two lanes, faster than any in the simulated city, with things that lie right across it, signals, streets between tall
/// buildings and a tunnel.
/// </summary>
internal sealed class TestRoad
{
    public const double LengthM = 6_000;
    private const double LaneM = 1.8;
    private const double CanyonEveryM = 1_000;
    private const double CanyonM = 120;
    private const double TunnelFromM = 3_300;
    private const double TunnelToM = 3_450;

    private readonly Place[] _centre = new Place[(int)LengthM + 1];
    private readonly double[] _heading = new double[(int)LengthM + 1];

    public TestRoad(int seed)
    {
        var random = new Random(RoadSurface.HashCode(seed, 0, 81));
        var (phase, turn) = (Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble());
        var at = default(Place);
        for (var i = 0; i < _centre.Length; i++)
        {
            _heading[i] = turn + 0.7 * Math.Sin(phase + i / 290.0) + 0.3 * Math.Sin(2 * phase + i / 90.0);
            _centre[i] = at;
            at = new Place(at.X + Math.Cos(_heading[i]), at.Y + Math.Sin(_heading[i]));
        }

        for (var along = 120.0; along < LengthM - 100; along += 200 + 120 * random.NextDouble())
        {
            if (SkyAt(along) != SkyAbove.Tunnel) Events.Add(along);
        }

        for (var along = 500.0; along < LengthM - 300; along += 300 + 700 * random.NextDouble()) Signals.Add(along);
        var lanes = new Random(RoadSurface.HashCode(seed, 0, 89));
        foreach (var things in (List<double>[])[InLaneOut, InLaneBack])
        {
            for (var along = 60.0; along < LengthM - 60; along += 100 + 200 * lanes.NextDouble()) things.Add(along);
        }
    }

    /// <summary>How far along lies each thing that is felt, metres.</summary>
    public List<double> Events { get; } = [];

    /// <summary>How far along lies what only those feel who drive out, metres.</summary>
    public List<double> InLaneOut { get; } = [];

    /// <summary>How far along lies what only those feel who come back, metres.</summary>
    public List<double> InLaneBack { get; } = [];

    public List<double> Signals { get; } = [];

    public static SkyAbove SkyAt(double along) =>
        along is > TunnelFromM and < TunnelToM ? SkyAbove.Tunnel
        : along % CanyonEveryM > CanyonEveryM - CanyonM ? SkyAbove.Canyon
        : SkyAbove.Open;

    /// <summary>The middle of the road.</summary>
    public Place Centre(double along)
    {
        var i = Math.Clamp((int)along, 0, _centre.Length - 2);
        return _centre[i].Towards(_centre[i + 1], along - i);
    }

    /// <summary>The lane of one direction, <paramref name="right"/> of its middle.</summary>
    public (Place At, double Heading) Lane(double along, bool back, double right)
    {
        var heading = _heading[Math.Clamp((int)along, 0, _heading.Length - 1)] + (back ? Math.PI : 0);
        var centre = Centre(along);
        var off = LaneM + right;
        return (new Place(centre.X + Math.Sin(heading) * off, centre.Y - Math.Cos(heading) * off), heading);
    }

    /// <summary>How much the road turns left for who drives out, radians per metre.</summary>
    public double Bend(double along)
    {
        var i = Math.Clamp((int)along, 1, _heading.Length - 2);
        return (_heading[i + 1] - _heading[i - 1]) / 2;
    }
}
