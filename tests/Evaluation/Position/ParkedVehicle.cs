using ThreeOneOne.Field.Agent.Motion;
using ThreeOneOne.Field.Agent.Positioning;
using ThreeOneOne.Field.Evaluation.Road.Simulated;
using ThreeOneOne.Field.Fleet.Bodies;
using ThreeOneOne.Field.Fleet.City;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Fleet.Road;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Position;

/// <summary>
/// A vehicle of any build that drives up at 8 m/s, stands with its engine running while doors are slammed, and may drive or creep on: what
/// its receiver says, and what its accelerometer and its ignition tell at that time.
/// </summary>
/// <param name="seed">Of all chance.</param>
/// <param name="vehicle">Which one.</param>
/// <param name="standSeconds">How long it stands; 0: it only brakes to the speed at which it goes on.</param>
/// <param name="thenMps">How fast it goes on.</param>
/// <param name="thenSeconds">For how long.</param>
internal sealed class ParkedVehicle(int seed, int vehicle, int standSeconds, double thenMps = 0, int thenSeconds = 0)
{
    /// <summary>Of standing, only so much is felt anew; the signs of this hour are repeated.</summary>
    public const int FeltSeconds = 3600;
    public const int ArrivingSeconds = 60;
    public static readonly CityPlane Plane = new(new GeoPoint(42.37, -71.11));

    private const int BrakesAtSeconds = 40;
    private const double SlamEverySeconds = 1200;
    private const double RingsSeconds = 4;
    private const double BlockSeconds = 0.5;
    private const double OffAfterSeconds = 20;
    private const double OnBeforeSeconds = 2;
    private const double Roughness = 64e-6;

    private static readonly DateTimeOffset Begins = new(2026, 11, 20, 20, 0, 0, TimeSpan.Zero);

    private readonly double?[] _still = Feel(seed, vehicle, Math.Min(standSeconds, FeltSeconds), thenMps, thenSeconds);

    /// <summary>Each fix, one a second.</summary>
    /// <param name="sky">Over it once it has arrived.</param>
    public IEnumerable<ParkedFix> Fixes(SkyAbove sky)
    {
        var random = new Random(RoadSurface.HashCode(seed, vehicle, 85));
        var receiver = new GpsReceiver(new Random(random.Next()), ReceiverTraits.Draw(random) with { RateHz = 1 });
        var goes = ArrivingSeconds + standSeconds;
        foreach (var (now, x, speed, _) in Steps(standSeconds, thenMps, thenSeconds))
        {
            receiver.Move(new Place(x, 0), 0, speed, now >= ArrivingSeconds ? sky : SkyAbove.Open);
            var ends = now + Driver.StepSeconds;
            var second = (int)Math.Round(ends);
            if (Math.Abs(ends - second) > Driver.StepSeconds / 2 || receiver.Measure(1) is not { } said) continue;
            var fix = new Fix
            {
                FixTime = Begins.AddSeconds(second),
                DeviceTime = Begins,
                MonotonicMs = second * 1000L,
                At = Plane.ToGeo(said.At).Rounded(),
                SpeedMps = said.SpeedMps,
                CourseDeg = said.CourseDeg,
                Hdop = said.Hdop,
            };
            var isOff = standSeconds > 0 && ends > ArrivingSeconds + OffAfterSeconds && ends < goes - OnBeforeSeconds;
            yield return new ParkedFix(fix, _still[Felt(second)], !isOff, new Place(x, 0), now - ArrivingSeconds);
        }

        int Felt(int second) =>
            second < ArrivingSeconds || standSeconds <= FeltSeconds ? second : ArrivingSeconds + (second - ArrivingSeconds) % FeltSeconds;
    }

    // By whole seconds, which is when fixes come.
    private static double?[] Feel(int seed, int vehicle, int standSeconds, double thenMps, int thenSeconds)
    {
        var still = new double?[ArrivingSeconds + standSeconds + thenSeconds + 1];
        var sensor = new Sensor(new Random(RoadSurface.HashCode(seed, vehicle, 89)), 8.0 * ArrivingSeconds + thenMps * thenSeconds + 50);
        foreach (var (now, x, speed, forward) in Steps(standSeconds, thenMps, thenSeconds))
        {
            sensor.Step(now, x, speed, forward);
            still[(int)(now + Driver.StepSeconds + 0.01)] = sensor.Stillness.SecondsAt(Begins.AddSeconds(now));
        }

        return still;
    }

    private static IEnumerable<(double Now, double X, double SpeedMps, double ForwardMps2)> Steps(int standSeconds, double thenMps, int thenSeconds)
    {
        var (x, speed) = (0.0, 8.0);
        for (var step = 0; step < 10 * (ArrivingSeconds + standSeconds + thenSeconds); step++)
        {
            var now = step * Driver.StepSeconds;
            var goal = now < BrakesAtSeconds ? 8 : now < ArrivingSeconds + standSeconds && standSeconds > 0 ? 0 : thenMps;
            var before = speed;
            speed = goal < speed ? Math.Max(goal, speed - 0.17) : Math.Min(goal, speed + 0.1);
            x += speed * Driver.StepSeconds;
            yield return (now, x, speed, (speed - before) / Driver.StepSeconds);
        }
    }

    // An accelerometer anyhow in a vehicle of any build.
    private sealed class Sensor
    {
        private readonly Random _random;
        private readonly ParameterDraw _draw;
        private readonly SensorMount _mount;
        private readonly SensedRide _ride;
        private readonly SyntheticLane _lane;
        private readonly List<AccelSample> _block = [];
        private Func<double, SceneMotion>? _slam;
        private double _slamAt;

        public Sensor(Random random, double lengthM)
        {
            _random = random;
            _draw = new ParameterDraw(random, ParameterSet.Scoring);
            var body = VehicleBody.Any(_draw);
            _mount = SensorMount.Any(_draw) with { RateHz = 50 };
            _ride = new SensedRide(body, _mount, random);
            _lane = new SyntheticLane(new RoadProfile(lengthM, Roughness, random), [], body, 0);
        }

        public Stillness Stillness { get; } = new();

        public void Step(double now, double toM, double speedMps, double forwardMps2)
        {
            if (now - _slamAt > RingsSeconds) _slam = null;
            if (speedMps == 0 && _random.NextDouble() < Driver.StepSeconds / SlamEverySeconds) (_slam, _slamAt) = (HandlingDraw.Slam(_draw, 0.2), now);
            var samples = _mount.RateHz / 10;
            for (var i = 0; i < samples; i++)
            {
                var at = now + i * Driver.StepSeconds / samples;
                var metres = speedMps * Driver.StepSeconds / samples;
                var (x, y, z) = _ride.Sample(_lane, toM - (samples - i) * metres, metres, forwardMps2, 0, speedMps, _slam?.Invoke(at - _slamAt).Shaken ?? default);
                _block.Add(new AccelSample(Begins.AddSeconds(at + Driver.StepSeconds / samples), x, y, z));
            }

            if ((_block[^1].Time - _block[0].Time).TotalSeconds < BlockSeconds) return;
            Stillness.Hear(new AccelBlock(_block[^1].Time, 0, [.. _block]));
            _block.Clear();
        }
    }
}
