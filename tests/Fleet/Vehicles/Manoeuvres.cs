using ThreeOneOne.Field.Fleet.Bodies;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Fleet.Vehicles;

/// <summary>
/// What happens in and to a vehicle besides the road: it is braked hard, pulled aside, driven onto a kerb, its doors are slammed and its
/// engine is raced while it stands. Oftener than careful drivers do it, so that a drive of some minutes has some of it.
/// </summary>
/// <param name="random">When, how hard and how long.</param>
internal sealed class Manoeuvres(Random random)
{
    private const double BrakeEverySeconds = 180;
    private const double SwerveEverySeconds = 180;
    private const double KerbEverySeconds = 900;
    private const double DrivingMps = 6;
    private const double KerbMps = 2;
    private const double KerbSeconds = 8;
    private const double KerbLengthM = 6;

    // Of the stops, in which somebody gets in or out.
    private const double SlamShare = 0.2;
    private const double EngineShare = 0.1;
    private const double StandsSeconds = 1;
    private const double RingsSeconds = 4;

    private readonly ParameterDraw _draw = new(random, ParameterSet.Scoring);
    private Func<double, SceneMotion>? _shakes;
    private double _since;
    private double _stood;
    private double _kerbSeconds;

    /// <summary>Before a driver's step: what shakes the body during it, by seconds since it began; null: nothing.</summary>
    public Func<double, (double X, double Y, double Z)>? Next(Driver driver, Ride ride)
    {
        if (driver.SpeedMps >= DrivingMps) Drive(driver);
        if (_kerbSeconds > 0) Climb(driver, ride);
        _stood = driver.SpeedMps == 0 ? _stood + Driver.StepSeconds : 0;
        if (_stood >= StandsSeconds && _stood < StandsSeconds + Driver.StepSeconds) Stand();
        if (_shakes is not { } shakes) return null;
        var began = _since;
        _since += Driver.StepSeconds;
        if (_since > RingsSeconds) _shakes = null;
        return seconds => shakes(began + seconds).Shaken;
    }

    private void Drive(Driver driver)
    {
        if (Comes(BrakeEverySeconds)) driver.Startle(_draw.Between(3.5, 7), _draw.Between(0.5, 2));
        if (Comes(SwerveEverySeconds)) driver.Swerve(_draw.Sign() * _draw.Between(1.5, 4), _draw.Between(0.8, 1.6));
        if (!Comes(KerbEverySeconds)) return;
        driver.Ease(KerbMps, KerbSeconds);
        _kerbSeconds = KerbSeconds;
    }

    // Right at its wheels, once it has slowed down: up, and down again.
    private void Climb(Driver driver, Ride ride)
    {
        _kerbSeconds -= Driver.StepSeconds;
        if (driver.SpeedMps > 1.5 * KerbMps) return;
        _kerbSeconds = 0;
        ride.Meet(driver.Edge, new RoadPiece(PieceKind.Patch, driver.AlongM + 1, KerbLengthM, _draw.Between(0.06, 0.14), 1.6, 2.2) { Edge = _draw.Between(0.01, 0.04) });
    }

    private void Stand()
    {
        var chance = random.NextDouble();
        if (chance < SlamShare) _shakes = HandlingDraw.Slam(_draw, 0.5);
        else if (chance < SlamShare + EngineShare) _shakes = HandlingDraw.Engine(_draw, 0.5);
        _since = 0;
    }

    private bool Comes(double everySeconds) => random.NextDouble() < Driver.StepSeconds / everySeconds;
}
