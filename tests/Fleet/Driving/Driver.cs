using ThreeOneOne.Field.Fleet.City;

namespace ThreeOneOne.Field.Fleet.Driving;

/// <summary>
/// Drives one vehicle: follows its patrol or the way to a job with the accelerations of a careful driver, slows for turns
/// and humps, waits at stop signs and some lights. One step is a tenth of a simulated second.
/// </summary>
public sealed class Driver
{
    /// <summary>Length of a step, seconds.</summary>
    public const double StepSeconds = 0.1;

    private const double AccelerateMps2 = 1.3;
    private const double BrakeMps2 = 1.7;
    private const double HardestMps2 = 3.0;
    private const double HorizonM = 70;

    // A pedal moves over some tenths of a second, and faster under a startled foot.
    private const double PedalShare = 0.35;
    private const double StartledPedalShare = 0.6;

    private readonly Router _router;
    private readonly Func<StreetEdge, IReadOnlyList<StreetEdge>> _after;
    private readonly LegPlanner _planner;
    private readonly Random _random;
    private readonly List<Leg> _ahead = [];
    private (StreetEdge Edge, double AlongM)? _goal;
    private double _waitSeconds;
    private double _lateralWander;
    private double _smoothHeading;
    private (double BrakeMps2, double Seconds) _startled;
    private (double Mps, double Seconds) _eased = (double.MaxValue, 0);
    private (double LeftMps2, double WaveSeconds, double Since) _swerve;
    private double _swervingMps;

    /// <param name="router">Finds the way to a job.</param>
    /// <param name="start">The edge on which it begins.</param>
    /// <param name="after">Where to go on after an edge, such as <see cref="Patrol.After"/>; nothing: stand there.</param>
    /// <param name="planner">How edges are driven.</param>
    /// <param name="random">Seeded by the vehicle.</param>
    public Driver(Router router, StreetEdge start, Func<StreetEdge, IReadOnlyList<StreetEdge>> after, LegPlanner planner, Random random)
    {
        (_router, _after, _planner, _random) = (router, after, planner, random);
        _ahead.Add(planner.Plan(start, random));
        Extend();
        (At, _smoothHeading) = Edge.PlaceAt(0);
        Heading = _smoothHeading;
    }

    /// <summary>Where the vehicle is: right of the centre-line, where it has a lane.</summary>
    public Place At { get; private set; }

    /// <summary>Radians counter-clockwise from east.</summary>
    public double Heading { get; private set; }

    public double SpeedMps { get; private set; }

    /// <summary>Forward acceleration of the last step, m/s².</summary>
    public double ForwardMps2 { get; private set; }

    /// <summary>Acceleration to the left by turning, m/s².</summary>
    public double LeftMps2 { get; private set; }

    public StreetEdge Edge => _ahead[0].Edge;

    public double AlongM { get; private set; }

    /// <summary>How far the vehicle is left (−) or right (+) of its usual line, metres.</summary>
    public double WanderM => _lateralWander;

    /// <summary>True while it stands at the goal of <see cref="DriveTo"/>.</summary>
    public bool AtGoal { get; private set; }

    public bool HasGoal => _goal is not null;

    /// <summary>True when it stands at the end of its way and has nowhere to go.</summary>
    public bool AtEnd => _goal is null && _ahead.Count == 1 && SpeedMps < 0.3 && AlongM > Edge.LengthM - 2.5;

    /// <summary>Leaves the patrol for the kerb nearest to a place. False when no street of the core is near it.</summary>
    public bool DriveTo(Place place)
    {
        var near = _router.Graph.EdgesNear(place, 60);
        foreach (var (edge, _, along) in near)
        {
            if (_router.Route(Edge.To, edge.From, Edge) is not { } way) continue;
            _ahead.RemoveRange(1, _ahead.Count - 1);
            _ahead.AddRange(way.Append(edge).Select(e => _planner.Plan(e, _random)));
            _goal = (edge, Math.Clamp(along, 1, Math.Max(1, edge.LengthM - 1)));
            AtGoal = false;
            return true;
        }

        return false;
    }

    /// <summary>Leaves the goal for the patrol again.</summary>
    public void Resume()
    {
        _goal = null;
        AtGoal = false;
    }

    /// <summary>Brakes for somebody who steps into the road, and drives on.</summary>
    public void Startle(double brakeMps2, double seconds) => _startled = (brakeMps2, seconds);

    /// <summary>Drives no faster for a while.</summary>
    public void Ease(double speedMps, double seconds) => _eased = (speedMps, seconds);

    /// <summary>Pulls aside and back: one wave of the steering, to the left first where it is positive.</summary>
    public void Swerve(double leftMps2, double waveSeconds) => _swerve = (leftMps2, waveSeconds, 0);

    public void Step()
    {
        Extend();
        var allowed = Allowed();
        if (_eased.Seconds > 0) (allowed, _eased.Seconds) = (Math.Min(allowed, _eased.Mps), _eased.Seconds - StepSeconds);
        var wanted = Math.Clamp((allowed - SpeedMps) / 0.7, -HardestMps2, AccelerateMps2);
        var pedal = PedalShare;
        if (_startled.Seconds > 0) (wanted, pedal, _startled.Seconds) = (-_startled.BrakeMps2, StartledPedalShare, _startled.Seconds - StepSeconds);
        ForwardMps2 += (wanted - ForwardMps2) * pedal;
        var before = SpeedMps;
        SpeedMps = Math.Max(0, SpeedMps + ForwardMps2 * StepSeconds);
        if (allowed <= 0.01 && SpeedMps < 0.4) SpeedMps = 0;
        if (SpeedMps == 0 && ForwardMps2 < 0) ForwardMps2 = 0;
        Advance((before + SpeedMps) / 2 * StepSeconds);
        Steer();
    }

    private void Advance(double metres)
    {
        AlongM += metres;
        while (AlongM >= Edge.LengthM && _ahead.Count > 1 && _ahead[0].WaitSeconds <= 0)
        {
            AlongM -= Edge.LengthM;
            _ahead.RemoveAt(0);
        }

        AlongM = Math.Min(AlongM, Edge.LengthM);
    }

    // The highest speed from which everything ahead can still be met with comfortable braking.
    private double Allowed()
    {
        if (Waiting()) return 0;
        var allowed = _ahead[0].SpeedMps;
        if (_ahead.Count == 1 && _goal is null) allowed = Math.Min(allowed, Reach(0, Edge.LengthM - AlongM - 1));
        var offset = -AlongM;
        for (var i = 0; i < _ahead.Count && offset < HorizonM; i++)
        {
            var leg = _ahead[i];
            if (_goal is { } goal && ReferenceEquals(leg.Edge, goal.Edge) && i == _ahead.Count - 1)
                allowed = Math.Min(allowed, Reach(0, offset + goal.AlongM));
            if (i > 0) allowed = Math.Min(allowed, Reach(leg.SpeedMps, offset));
            foreach (var (along, speed) in leg.Slow) allowed = Math.Min(allowed, Reach(speed, offset + along));
            offset += leg.Edge.LengthM;
            if (leg.WaitSeconds > 0) return Math.Min(allowed, Reach(0, offset - 1));
            if (i + 1 < _ahead.Count) allowed = Math.Min(allowed, Reach(TurnSpeed(leg.Edge, _ahead[i + 1].Edge), offset));
        }

        return allowed;
    }

    private bool Waiting()
    {
        if (_goal is { } goal && _ahead.Count == 1 && ReferenceEquals(Edge, goal.Edge) && AlongM >= goal.AlongM - 1.5)
        {
            AtGoal = SpeedMps < 0.3;
            return true;
        }

        if (_ahead[0].WaitSeconds <= 0 || AlongM < Edge.LengthM - 2.5) return false;
        if (SpeedMps > 0.3) return true;
        _waitSeconds += StepSeconds;
        if (_waitSeconds < _ahead[0].WaitSeconds) return true;
        _waitSeconds = 0;
        _ahead[0].WaitSeconds = 0;
        return false;
    }

    private static double Reach(double speed, double distance) =>
        distance < -3 ? double.MaxValue : Math.Sqrt(speed * speed + 2 * BrakeMps2 * Math.Max(0, distance));

    private static double TurnSpeed(StreetEdge from, StreetEdge to)
    {
        var (_, a) = from.PlaceAt(from.LengthM);
        var (_, b) = to.PlaceAt(0);
        return LegPlanner.BendSpeed(Math.Abs(Math.IEEERemainder(b - a, Math.Tau)));
    }

    private void Steer()
    {
        var (centre, heading) = Edge.PlaceAt(AlongM);
        // A vehicle turns over its own length, not at a point; the pull of the steering gives the sideways acceleration.
        var turn = Math.IEEERemainder(heading - _smoothHeading, Math.Tau) * Math.Min(1, SpeedMps * StepSeconds / 5);
        _smoothHeading += turn;
        var swerve = Swerving();
        LeftMps2 = SpeedMps * turn / StepSeconds + swerve;
        _lateralWander -= _swervingMps * StepSeconds;
        _lateralWander += (-_lateralWander / 4 + 0.12 * Gaussian.Next(_random)) * StepSeconds * (SpeedMps > 0.5 ? 1 : 0)
            + (SpeedMps > 0.5 ? 0.05 * Gaussian.Next(_random) : 0);
        var right = (Edge.Segment.OneWay ? 0.4 : 1.8) + _lateralWander;
        Heading = _smoothHeading;
        At = new Place(centre.X + Math.Sin(_smoothHeading) * right, centre.Y - Math.Cos(_smoothHeading) * right);
    }

    private double Swerving()
    {
        if (_swerve.LeftMps2 == 0) return 0;
        _swerve.Since += StepSeconds;
        var left = _swerve.LeftMps2 * Math.Sin(Math.Tau * _swerve.Since / _swerve.WaveSeconds);
        _swervingMps += left * StepSeconds;
        if (_swerve.Since >= _swerve.WaveSeconds) (_swerve, _swervingMps) = (default, 0);
        return left;
    }

    private void Extend()
    {
        if (_goal is not null || _ahead.Count > 12) return;
        var length = _ahead.Sum(l => l.Edge.LengthM) - AlongM;
        while (length < HorizonM * 2)
        {
            var more = _after(_ahead[^1].Edge);
            if (more.Count == 0) return;
            foreach (var edge in more)
            {
                _ahead.Add(_planner.Plan(edge, _random));
                length += edge.LengthM;
            }
        }
    }
}
