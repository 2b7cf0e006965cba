using System.Numerics;
using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Fleet.Driving;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>An accelerometer at 50 Hz, bolted down at any angle: gravity on all axes, offsets, hills, and a rough road.</summary>
internal sealed class MountedAccelerometer(Random random)
{
    public const int SamplesPerStep = 5;

    private const double Gravity = 9.81;
    private const double BodySeconds = 0.12;

    private readonly Quaternion _mount = Quaternion.CreateFromYawPitchRoll(
        (float)(Math.Tau * random.NextDouble()), (float)(0.4 * (random.NextDouble() - 0.5)), (float)(0.4 * (random.NextDouble() - 0.5)));
    private readonly Vector3 _offset = new((float)(0.2 * Gaussian.Next(random)), (float)(0.2 * Gaussian.Next(random)), (float)(0.2 * Gaussian.Next(random)));
    private readonly double _hill = Math.Tau * random.NextDouble();
    private double _forward;

    public IEnumerable<AccelSample> Sense(TripStep step, Func<double, DateTimeOffset> timeAt)
    {
        const double Dt = Driver.StepSeconds / SamplesPerStep;
        for (var i = 0; i < SamplesPerStep; i++)
        {
            // The body leans before the sensor in it is pushed; a hill of 4 % is felt as a push too.
            _forward += (step.ForwardMps2 - _forward) * Dt / BodySeconds;
            var hill = Gravity * 0.04 * Math.Sin(_hill + step.AlongM / 150);
            var shake = 0.08 + 0.02 * step.SpeedMps;
            var felt = new Vector3(
                (float)(_forward + hill + shake * Gaussian.Next(random)),
                (float)(step.LeftMps2 + shake * Gaussian.Next(random)),
                (float)(Gravity + 3 * shake * Gaussian.Next(random)));
            // System.Numerics yaws about Y: the vertical axis goes there and back.
            var turned = Vector3.Transform(new Vector3(felt.X, felt.Z, felt.Y), _mount) + _offset;
            yield return new AccelSample(timeAt(step.Seconds - Driver.StepSeconds + (i + 1) * Dt), turned.X, turned.Z, turned.Y);
        }
    }
}
