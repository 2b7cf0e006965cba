using ThreeOneOne.Field.Fleet.Bodies;

namespace ThreeOneOne.Field.Fleet.Road;

/// <summary>
/// One corner of a vehicle: a share of the body on spring and damper over a wheel on its tyre. The tyre may leave the ground.
/// </summary>
/// <param name="ratios">Of its parts; the golden car's when not given.</param>
public sealed class QuarterCar(CornerRatios? ratios = null)
{
    /// <summary>Longest step that keeps the wheel's 11 Hz true, seconds.</summary>
    public const double StepSeconds = 0.005;

    private const double Gravity = 9.81;

    private readonly CornerRatios _ratios = ratios ?? CornerRatios.Golden;
    private double _body;
    private double _bodySpeed;
    private double _wheel;
    private double _wheelSpeed;

    /// <summary>Vertical acceleration of the body, m/s², without gravity.</summary>
    public double BodyMps2 { get; private set; }

    /// <summary>What the road pushes the tyre with, by the body's mass, m/s²; 0: it is in the air.</summary>
    public double TyreMps2 { get; private set; }

    /// <summary>Height of the body above its rest, metres.</summary>
    public double BodyM => _body;

    public double WheelM => _wheel;

    /// <summary>One step over a road of the given height under the wheel.</summary>
    /// <param name="roadM">Height, metres.</param>
    /// <param name="seconds">Length of the step.</param>
    /// <param name="liftMps2">What else lifts the body, as a turn or the brakes do.</param>
    public void Step(double roadM, double seconds = StepSeconds, double liftMps2 = 0)
    {
        var strut = _ratios.Spring * (_wheel - _body) + _ratios.Damper * (_wheelSpeed - _bodySpeed);
        // A tyre pushes and never pulls: at most its static load is taken off.
        var load = Gravity * (1 + _ratios.Wheel);
        var tyre = Math.Max(_ratios.Tyre * (roadM - _wheel), -load);
        BodyMps2 = strut + liftMps2;
        TyreMps2 = tyre + load;
        _bodySpeed += BodyMps2 * seconds;
        _wheelSpeed += (tyre - strut) / _ratios.Wheel * seconds;
        _body += _bodySpeed * seconds;
        _wheel += _wheelSpeed * seconds;
    }
}
