namespace ThreeOneOne.Field.Fleet.Road;

/// <summary>
/// One corner of a vehicle: a share of the body on spring and damper over a wheel on its tyre, with the ratios of the
/// "golden car" by which the International Roughness Index is defined (Sayers 1995). The tyre may leave the ground.
/// </summary>
public sealed class QuarterCar
{
    /// <summary>Longest step that keeps the wheel's 11 Hz true, seconds.</summary>
    public const double StepSeconds = 0.005;

    // By the mass of the body, 1/s² and 1/s: tyre, spring, damper, and the wheel's mass.
    private const double Tyre = 653;
    private const double Spring = 63.3;
    private const double Damper = 6.0;
    private const double Wheel = 0.15;
    private const double Gravity = 9.81;

    private double _body;
    private double _bodySpeed;
    private double _wheel;
    private double _wheelSpeed;

    /// <summary>Vertical acceleration of the body, m/s², without gravity.</summary>
    public double BodyMps2 { get; private set; }

    /// <summary>Height of the body above its rest, metres.</summary>
    public double BodyM => _body;

    public double WheelM => _wheel;

    /// <summary>One step over a road of the given height under the wheel.</summary>
    public void Step(double roadM)
    {
        var strut = Spring * (_wheel - _body) + Damper * (_wheelSpeed - _bodySpeed);
        // A tyre pushes and never pulls: at most its static load is taken off.
        var tyre = Math.Max(Tyre * (roadM - _wheel), -Gravity * (1 + Wheel));
        BodyMps2 = strut;
        _bodySpeed += strut * StepSeconds;
        _wheelSpeed += (tyre - strut) / Wheel * StepSeconds;
        _body += _bodySpeed * StepSeconds;
        _wheel += _wheelSpeed * StepSeconds;
    }
}
