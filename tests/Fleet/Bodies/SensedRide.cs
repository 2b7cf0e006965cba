using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;

namespace ThreeOneOne.Field.Fleet.Bodies;

/// <summary>A vehicle's body and the sensor in it, sample by sample: road, pedals and steering in, readings out.</summary>
public sealed class SensedRide
{
    private const double Gravity = 9.81;

    // Rate at which a body's noise is stated.
    private const double NoiseHz = 100;

    private readonly VehicleBody _body;
    private readonly BodyMotion _motion;
    private readonly MountedSensor _sensor;
    private readonly Random _random;
    private readonly int _substeps;
    private readonly double _seconds;
    private readonly double _noiseScale;
    private double _engine;

    /// <param name="body">The vehicle.</param>
    /// <param name="mount">The sensor.</param>
    /// <param name="random">Of all noise.</param>
    public SensedRide(VehicleBody body, SensorMount mount, Random random)
    {
        (_body, _random) = (body, random);
        _motion = new BodyMotion(body);
        _sensor = new MountedSensor(mount, random);
        _substeps = (int)Math.Ceiling(1 / (mount.RateHz * QuarterCar.StepSeconds) - 1e-9);
        _seconds = 1.0 / (mount.RateHz * _substeps);
        _noiseScale = Math.Sqrt(_substeps * mount.RateHz / NoiseHz);
    }

    /// <summary>The next sample, averaged over its time as a sensor's own filter does.</summary>
    /// <param name="road">Under the wheels.</param>
    /// <param name="fromM">Where the front axle was at the sample before.</param>
    /// <param name="metres">How far it has gone since.</param>
    /// <param name="forwardMps2">How the driver speeds up.</param>
    /// <param name="leftMps2">How the vehicle turns.</param>
    /// <param name="speedMps">Its speed.</param>
    /// <param name="shaken">What else shakes the body, as a door does.</param>
    public (float X, float Y, float Z) Sample(
        IWheelPaths road, double fromM, double metres, double forwardMps2, double leftMps2, double speedMps, (double X, double Y, double Z) shaken = default)
    {
        var noise = (_body.NoiseMps2 + _body.NoisePerS * speedMps) * _noiseScale;
        double x = 0, y = 0, z = 0;
        for (var k = 0; k < _substeps; k++)
        {
            _engine += Math.Tau * _seconds * (_body.EngineHz + speedMps);
            var (ahead, left, up) = _motion.Step(road, fromM + metres * (k + 1) / _substeps, _seconds, forwardMps2, leftMps2);
            var felt = _sensor.Hold(
                ahead + shaken.X + noise * Gaussian.Next(_random), left + shaken.Y + noise * Gaussian.Next(_random),
                up + shaken.Z + _body.EngineMps2 * Math.Sin(_engine) + noise * Gaussian.Next(_random), _seconds);
            (x, y, z) = (x + felt.X, y + felt.Y, z + felt.Z);
        }

        return _sensor.Read(x / _substeps, y / _substeps, Gravity + z / _substeps);
    }
}
