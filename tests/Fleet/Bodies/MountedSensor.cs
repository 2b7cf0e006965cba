using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Fleet.Bodies;

/// <summary>An accelerometer on its holder: turns what moves the vehicle into what is read.</summary>
/// <param name="mount">How it is fixed, and its faults.</param>
/// <param name="random">Of its noise.</param>
public sealed class MountedSensor(SensorMount mount, Random random)
{
    private const double DriftSeconds = 1800;

    private readonly double[,] _turn = Turn(mount);
    private readonly (double At, double Speed)[] _holder = new (double, double)[3];
    private readonly double _driftPhase = Math.Tau * random.NextDouble();
    private double _seconds;

    /// <summary>Moves the holder by a step of at most <see cref="Road.QuarterCar.StepSeconds"/>; gives what is felt on it.</summary>
    public (double X, double Y, double Z) Hold(double x, double y, double z, double seconds)
    {
        _seconds += seconds;
        return mount.HolderHz <= 0 ? (x, y, z) : (Hold(0, x, seconds), Hold(1, y, seconds), Hold(2, z, seconds));
    }

    /// <summary>One reading of what is felt, gravity included, in the vehicle's axes.</summary>
    public (float X, float Y, float Z) Read(double x, double y, double z)
    {
        var drift = mount.DriftMps2 * Math.Sin(_driftPhase + Math.Tau * _seconds / DriftSeconds);
        return (One(0, mount.Bias.X), One(1, mount.Bias.Y), One(2, mount.Bias.Z));

        float One(int axis, double bias)
        {
            var value = _turn[axis, 0] * x + _turn[axis, 1] * y + _turn[axis, 2] * z + bias + drift;
            if (mount.NoiseMps2 > 0) value += mount.NoiseMps2 * Gaussian.Next(random);
            if (mount.StepMps2 > 0) value = Math.Round(value / mount.StepMps2) * mount.StepMps2;
            return (float)Math.Clamp(value, -mount.RangeMps2, mount.RangeMps2);
        }
    }

    // A mass on a spring that is moved at its foot.
    private double Hold(int axis, double moved, double seconds)
    {
        var (at, speed) = _holder[axis];
        var turn = Math.Tau * mount.HolderHz;
        var felt = -(2 * mount.HolderDamping * turn * speed + turn * turn * at);
        speed += (felt - moved) * seconds;
        at += speed * seconds;
        _holder[axis] = (at, speed);
        return mount.HolderShare * felt + (1 - mount.HolderShare) * moved;
    }

    private static double[,] Turn(SensorMount mount)
    {
        var (sy, cy) = Math.SinCos(mount.YawRad);
        var (sp, cp) = Math.SinCos(mount.PitchRad);
        var (sr, cr) = Math.SinCos(mount.RollRad);
        return new[,]
        {
            { cy * cp, sy * cp, -sp },
            { cy * sp * sr - sy * cr, sy * sp * sr + cy * cr, cp * sr },
            { cy * sp * cr + sy * sr, sy * sp * cr - cy * sr, cp * cr },
        };
    }
}
