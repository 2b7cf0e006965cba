using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Sensing;
using ThreeOneOne.Field.Fleet.Sensed;
using ThreeOneOne.Field.Fleet.Bodies;
using ThreeOneOne.Field.Fleet.Driving;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Evaluation.Roughness;

/// <summary>One pass of a vehicle over a lane in city traffic, sensed by the agent's own pipeline.</summary>
internal static class RoughDrive
{
    private const double SlowestMps = 5, FastestMps = 15;
    private const double MostMps2 = 1.2;
    private const double ChangesPerS = 0.25;

    /// <summary>The stretches that the vehicle would send.</summary>
    public static IReadOnlyList<RoughnessObservation> Sense(RoughStreets streets, int street, bool along, VehicleBody body, SensorMount mount, DateTimeOffset begins, int seed)
    {
        var random = new Random(seed);
        var sink = new Stretches();
        var pipeline = new SensingPipeline(
            new SensingOptions(), new SensingCity(null, null), VehicleKind.Crewed, new DeviceClock(TimeProvider.System, ClockSource.Gps, "rough"), sink, NullLoggerFactory.Instance);
        var feed = new PipelineFeed(pipeline, blockSeconds: 0.5);
        var ride = new SensedRide(body, mount, new Random(random.Next()));
        var receiver = new GpsReceiver(new Random(random.Next()));
        var lane = streets.Lane(street, along);
        var heading = along ? Math.PI / 2 : -Math.PI / 2;
        var usual = 6.5 + 7 * random.NextDouble();
        var (speed, wish, driven) = (usual, usual, 0.0);
        var step = TimeSpan.FromSeconds(1.0 / mount.RateHz);
        var samples = new (float X, float Y, float Z)[mount.RateHz / 10];
        for (var tick = 0; driven < lane.WholeM - 2; tick++)
        {
            var time = begins + TimeSpan.FromSeconds(tick / 10.0);
            if (tick % 10 == 0) Fix(time);
            if (random.NextDouble() < ChangesPerS / 10) wish = Math.Clamp(usual * Math.Exp(0.25 * Gaussian.Next(random)), SlowestMps, FastestMps);
            var forward = Math.Clamp((wish - speed) / 1.5, -MostMps2, MostMps2);
            for (var i = 0; i < samples.Length; i++)
            {
                speed += forward * step.TotalSeconds;
                var metres = speed * step.TotalSeconds;
                samples[i] = ride.Sample(lane, driven, metres, forward, 0, speed);
                driven += metres;
            }

            feed.Motion(time + step, step, samples);
        }

        feed.End();
        return sink.All;

        void Fix(DateTimeOffset time)
        {
            var (east, north) = streets.At(street, along, 0).OffsetMTo(streets.At(street, along, driven));
            var (at, hdop, satellites) = receiver.Measure(new Fleet.City.Place(east, north), heading, speed, 1);
            feed.Fix(time, streets.At(street, along, 0).MovedByM(at.X, at.Y), speed, GpsReceiver.CourseDeg(heading), hdop, satellites);
        }
    }

    private sealed class Stretches : IObservationSink
    {
        public List<RoughnessObservation> All { get; } = [];

        public ValueTask AcceptAsync(Observation observation, CancellationToken stop)
        {
            if (observation.Roughness is { } stretch) All.Add(stretch);
            return ValueTask.CompletedTask;
        }
    }
}
