using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Fleet.Bodies;

/// <summary>
/// A vehicle on four corners under a stiff body: what a sensor somewhere in it is moved by. Where the corners move apart the
/// body pitches and rolls, which a sensor above its centre feels along and across, as it does the tyres' push against edges.
/// Without gravity along z; with what of it pitch and roll turn into the other axes. Frame: x ahead, y left, z up.
/// </summary>
public sealed class BodyMotion(VehicleBody body)
{
    private const double Gravity = 9.81;

    // Rubber between axle and body: a push against the wheel reaches the body over this time, seconds.
    private const double BushSeconds = 0.02;
    private const double SteepestSlope = 0.7;

    private readonly QuarterCar[] _corners = [new(body.Front), new(body.Front), new(body.Rear), new(body.Rear)];
    private readonly double[] _heights = new double[4];
    private double _push;
    private double _frontM = double.NaN;

    /// <summary>Vertical acceleration of the body, m/s², at front left, front right, rear left, rear right.</summary>
    public IReadOnlyList<QuarterCar> Corners => _corners;

    /// <summary>One step.</summary>
    /// <param name="road">What lies under the wheels.</param>
    /// <param name="frontM">Where the front axle is after the step.</param>
    /// <param name="seconds">The step's length, at most <see cref="QuarterCar.StepSeconds"/>.</param>
    /// <param name="forwardMps2">How the driver speeds up.</param>
    /// <param name="leftMps2">How the vehicle turns.</param>
    public (double Ahead, double Left, double Up) Step(IWheelPaths road, double frontM, double seconds, double forwardMps2, double leftMps2)
    {
        var moved = double.IsNaN(_frontM) ? 0 : frontM - _frontM;
        _frontM = frontM;
        // Half the corners carry what the centre of mass throws forward or aside.
        var dive = forwardMps2 * body.CentreHeightM / body.WheelbaseM;
        var lean = leftMps2 * body.CentreHeightM / body.TrackM;
        var push = 0.0;
        for (var i = 0; i < 4; i++)
        {
            var (rear, right) = (i >= 2, i % 2 == 1);
            var height = road.Height(rear ? frontM - body.WheelbaseM : frontM, right);
            _corners[i].Step(height, seconds, (rear ? -dive : dive) + (right ? -lean : lean));
            if (moved > 0.002) push -= Math.Clamp((height - _heights[i]) / moved, -SteepestSlope, SteepestSlope) * _corners[i].TyreMps2 / 4;
            _heights[i] = height;
        }

        _push += Math.Min(1, seconds / BushSeconds) * (push - _push);
        var (fl, fr, rl, rr) = (_corners[0], _corners[1], _corners[2], _corners[3]);
        var pitching = (fl.BodyMps2 + fr.BodyMps2 - rl.BodyMps2 - rr.BodyMps2) / 2 / body.WheelbaseM;
        var pitch = (fl.BodyM + fr.BodyM - rl.BodyM - rr.BodyM) / 2 / body.WheelbaseM;
        var rolling = (fr.BodyMps2 + rr.BodyMps2 - fl.BodyMps2 - rl.BodyMps2) / 2 / body.TrackM;
        var roll = (fr.BodyM + rr.BodyM - fl.BodyM - rl.BodyM) / 2 / body.TrackM;
        var (ahead, side) = (body.SensorAhead, body.SensorRight);
        var up = ahead * (side * fr.BodyMps2 + (1 - side) * fl.BodyMps2) + (1 - ahead) * (side * rr.BodyMps2 + (1 - side) * rl.BodyMps2);
        if (body.CentreHeightM == 0) return (forwardMps2, leftMps2, up);
        return (forwardMps2 + _push - body.SensorUpM * pitching + Gravity * pitch, leftMps2 + body.SensorUpM * rolling - Gravity * roll, up);
    }
}
